# SPDX-License-Identifier: Apache-2.0
# What makes no sense.
files a
j manifest >../m
code j diff
code j diff a
code j diff . . .
code j diff - -
code j diff --stat --json . .
code j diff . ../nothing
code j diff --json . ../nothing
code j diff --hash md5 . .
printf '{"path":"a"' >../bad
code j diff ../bad .
code j diff ../m ../m
