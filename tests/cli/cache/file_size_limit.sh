# SPDX-License-Identifier: Apache-2.0
# A limit on the size of files is a write that fails: with a message, and what was there stays.
built_in cache
# ThreadSanitizer writes a file before main() begins.
! grep -q __tsan_init "$JETTISON" || exit 77
files a d/b
settle
limited() {
	(
		ulimit -f 0
		code j "$@" 2>&1 | cat
	) | cat
}
limited digest --cache=../new
j digest --cache=../c
limited digest --cache=../c
echo more >a
settle
limited digest --cache=../c
jettison cache ../c | grep -o '[0-9]* files'
limited manifest -o ../m
limited pack -o ../t
ls ..
