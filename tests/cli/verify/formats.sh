# SPDX-License-Identifier: Apache-2.0
# A manifest of every format is read back, whatever the names; and what each of them
# can know of a change is found.
odd_names
mkfifo fifo
ln plain odd/hard
mkdir empty
for format in ndjson csv mtree xxh128sum; do
	j manifest --format $format >../m.$format
	code j verify ../m.$format
done
chmod 755 plain
echo more >>'a b'
rm ./-
printf SPACE! >' space'
: >new
mkdir odd/newdir
rmdir empty
ln -sfn x 'link\'
rm fifo
: >fifo
for format in ndjson csv mtree xxh128sum; do
	echo "--- $format"
	code j verify ../m.$format .
done
