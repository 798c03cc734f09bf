# SPDX-License-Identifier: Apache-2.0
# Absolute, "./", "//", "..", a slash at the end: all the same path.
files a/b ctx/c
rules a/b
j why ./a/b a//b a/./b a/../a/b a/b/ "$PWD/a/b" "$PWD/./a/../a/b" | sed "s,$PWD,PWD,"
