# SPDX-License-Identifier: Apache-2.0
# Equal files have equal times, and files of equal size that differ never have: BuildKit
# would take the one for the other.
files one/f two/f
printf 'same size 1\n' >one/x
printf 'same size 2\n' >two/x
chmod 700 two/f
for d in one two; do
	printf 'f\n' >$d/f
	mkdir $d/sub
	ln -s to-$d $d/link
	SOURCE_DATE_EPOCH=1600000000 j pack --normalize --format dir -o out-$d $d
done
stat -c '%a %.9Y %n' out-*/* out-*
