# SPDX-License-Identifier: Apache-2.0
files a
code j list --scope all
code j list --scope
