# SPDX-License-Identifier: Apache-2.0
# Lines come in walk order, as list has them.
files 'a b' a/1 a-b b/x/y "$(printf '\303\251')"
j manifest | sed 's/.*"path":"\([^"]*\)".*/\1/' >../m
j list --dirs | sed 's,/$,,' | cmp - ../m && cat ../m
