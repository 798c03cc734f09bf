# SPDX-License-Identifier: Apache-2.0
# A cache that may not be written is read; one that cannot be read either is an error with a
# way out.
built_in cache
strace -o ../probe true 2>/dev/null || exit 77
files a d/b
settle
j digest --cache=../c >../digest
: >../trace
chmod -R a+rX,a-w ../c
chmod 666 ../trace
# The copy that is read needs a place that the other user may write.
mkdir -m 1777 ../tmp
TMPDIR=$PWD/../tmp
export TMPDIR
read_it() {
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 as_user \
		strace -f -o ../trace -e trace=openat,openat2 \
		"$JETTISON" "$@" --scope context --cache=../c
	echo "exit $?, read: $(sed -n 's/.*open[at2]*([^"]*"\([ab]\)", .*/\1/p' ../trace | tr '\n' ' ')"
}
read_it digest | head -n 1 | cmp - ../digest
read_it digest -q | tail -n 1
as_user "$JETTISON" cache ../c | grep -o '2 files'
# What is new is read, and not kept.
echo new >d/b
j digest >../digest
for run in 1 2; do
	read_it digest -q >../out
	head -n 1 ../out | cmp - ../digest
	tail -n 1 ../out
done
as_user "$JETTISON" cache ../c | grep -o '2 files'
code as_user "$JETTISON" cache --clear ../c
refused() {
	code as_user "$JETTISON" digest --scope context "$1"
}
chmod u+w ../c/hashes/data.mdb
printf damaged >../c/hashes/data.mdb
refused --cache=../c
chmod 700 ../c
refused --cache=../c
refused --cache=../new
mkdir ../empty
refused --cache=../empty
