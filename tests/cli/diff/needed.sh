# SPDX-License-Identifier: Apache-2.0
# Each context has a Dockerfile of its own, unless one is named; then it is that of both.
built_in archive
mkdir a
(cd a && project)
cp -a a b
echo more >>a/docs/a.md
echo more >>a/tests/t.sh
echo >b/tests/new
echo >b/src/new
echo "COPY tests /tests" >>b/Dockerfile
code jettison diff a b
code jettison diff --target test a b
printf 'FROM scratch\nCOPY tests /\n' >D
code jettison diff -f D a b
code jettison pack -o a.tar a
code jettison diff a.tar b
code jettison diff a.tar a
printf 'tests\n' >rules
code jettison diff --against rules --target test a
code jettison diff --against rules a
printf 'src/*.c\n' >rules
code jettison diff --against rules a
rm b/Dockerfile
code jettison diff a b
code jettison diff --target nope a a
echo '--- standard input is there once'
code jettison diff -f - a b <D
code jettison diff -f - a.tar b <D
code jettison diff -f - --against rules a <D
code jettison diff -f - - b <a.tar
echo '--- a Dockerfile by its path from here'
mkdir a/sub
mv a/Dockerfile a/sub/D
jettison pack -f a/sub/D -o a.tar a
tar -tf a.tar | head -n 1
code jettison diff -f a/sub/D a.tar a
