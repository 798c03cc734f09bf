# SPDX-License-Identifier: Apache-2.0
# Without a hash nobody can say that contents are what they were: an error, unless sizes
# are all that is wanted, or something differs anyway.
files a b
: >empty
printf '#mtree\n./a type=file size=2\n./b type=file\n./empty type=file size=0\n' >../m
code j verify ../m
code j verify -q ../m
code j verify --json -q ../m 2>/dev/null
code j verify --size-only ../m
printf '#mtree\n./a type=file size=2 md5digest=d41d8cd98f00b204e9800998ecf8427e\n./b type=file size=2\n./empty type=file size=0\n' |
	code j verify - .
printf x >a
code j verify -q ../m
code j verify --json ../m | sed 's/"mtime":"[^"]*"/"mtime":""/'
code j verify -q --size-only ../m
