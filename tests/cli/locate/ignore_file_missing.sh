# SPDX-License-Identifier: Apache-2.0
files a
code j list --ignore-file nowhere
code j list --ignore-file ''
mkdir dir
code j list --ignore-file dir
code j list --ignore-file /dev/null
