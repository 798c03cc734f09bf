# SPDX-License-Identifier: Apache-2.0
files a
code j list -f Nofile
code j list -f ''
code j list -f
