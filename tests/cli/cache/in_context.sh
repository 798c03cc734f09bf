# SPDX-License-Identifier: Apache-2.0
# A cache in the context is no part of what it remembers: every run gives the same, and the
# numbers are those without it.
built_in cache
files a d/b
touch -d '1 hour ago' a d/b d .
jettison digest --scope tree >../without
for run in 1 2 3; do
	jettison digest -q --scope tree --cache=.c | cmp - ../without
done
jettison digest -q --scope tree --json --cache=.c | grep -o '"files.*'
j manifest --cache=./.c | grep -c '"path":"\.c'
ln -s "$PWD/.c" ../link
j manifest -q --cache=../link --format xxh128sum >../sums
cut -c 33- ../sums
code j verify -q --cache="$PWD/.c" ../sums
code j diff -q --cache=.c . d
j pack -q --manifest ../m --cache=.c | tar -tf -
# The usual one in a home that is the context; its parents are what they are.
rm -rf .c
HOME=$PWD jettison digest -q --scope tree --explain --cache | cut -d ' ' -f 1-3
rm -rf .cache
# It cannot be all of the context.
code j digest --cache=.
code j digest --cache=d/. d
ls -A . d
# A run without it takes it for what it is, a directory in the context.
j digest -q --cache=.c >../with
[ "$(j digest)" = "$(cat ../with)" ] || echo another digest
