# SPDX-License-Identifier: Apache-2.0
# A message has nowhere to go; it must not go into a file that is opened.
files a
code j list nowhere 2>&-
code j list 2>&-
