# SPDX-License-Identifier: Apache-2.0
files file
code j list file
code j list file/
