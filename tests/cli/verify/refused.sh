# SPDX-License-Identifier: Apache-2.0
# What makes no sense, and manifests that are none.
files a
j manifest >../m
code j verify
code j verify . .
code j verify ../nothing
code j verify ../m ../m
code j verify ../m ../nothing
code j verify - - <../m
code j verify ../m a b
printf '{"path":"a","type":"file"}\n{"path":"b","type":"fil"}\n' >../bad
code j verify ../bad
code j verify --json ../bad
printf '{"path":"../../etc/passwd","type":"file"}\n' | code j verify -
j verify - <../m && echo 'holds'
: >../empty
code j verify ../empty
