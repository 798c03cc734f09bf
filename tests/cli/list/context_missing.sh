# SPDX-License-Identifier: Apache-2.0
code j list nowhere
code j list ''
