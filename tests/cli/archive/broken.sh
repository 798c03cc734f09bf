# SPDX-License-Identifier: Apache-2.0
# What cannot be read is one line and exit 2, and nothing comes out.
built_in archive
files a b c
dockerfile 'FROM scratch' 'COPY . /'
tar -cf ../t.tar a b c Dockerfile
here() {
	echo "--- $*"
	code jettison list --scope context - 2>&1
}
here nothing </dev/null
here a Dockerfile <Dockerfile
here closed <&-
here a directory <.
head -c 700 ../t.tar | here cut in a header
head -c 514 ../t.tar | here cut in content
head -c 1024 ../t.tar | here cut between entries
gzip <../t.tar | head -c 100 | here cut gzip
# What is noticed first depends on the bytes, and they on the time of day.
gzip <../t.tar | sed 's/./x/20' | here damaged gzip | sed 's/input: .*/input: .../'
sed '1s/0000644/0000640/' <../t.tar | here a wrong check sum
head -c 10240 /dev/zero | here only the end
(
	cat ../t.tar
	head -c 5000000 /dev/zero
) | here something behind the end
truncate -s 1T ../hole
tar -S -cf - -C .. hole | here sparse
head -c 700 ../t.tar | code jettison pack --scope context -o ../new - 2>&1
head -c 700 ../t.tar | code jettison pack --scope context - 2>&1 | cat
ls ../new
TMPDIR=../none jettison list - <../t.tar
pty "'$JETTISON' list -"
code jettison why --stdin -C - <../t.tar
code jettison diff --against /dev/null - <../t.tar
