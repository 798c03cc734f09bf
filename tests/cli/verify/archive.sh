# SPDX-License-Identifier: Apache-2.0
# Archives of several makers and in several compressions, as files and as streams.
built_in archive
odd_names
mkfifo fifo
ln plain odd/hard
mkdir empty
j manifest >../m
j pack -q -o ../ours.tar
tar -cf ../gnu.tar .
bsdtar -cf ../pax.tar --format=pax . 2>/dev/null
python3 -c 'import tarfile; t = tarfile.open("../py.tar", "w"); t.add(".")'
for archive in ours gnu pax py; do
	code j verify ../m ../$archive.tar
done
for compress in 'gzip -1' 'bzip2 -1' 'xz -0' 'zstd -q -1'; do
	$compress <../gnu.tar | code j verify ../m -
done
# Found in a stream as well.
printf PLAIN >plain
rm odd/hard
ln -s x odd/hard
tar -cf - . | code j verify ../m -
# Other names, other order, directories missing, a path twice: the last one counts.
mkdir ../t && cd ../t && mkdir d && printf 1 >d/a && printf 2 >d/b && j manifest >../m2
tar -cf ../odd.tar --transform 's,^,/../,' d/b d/a d/a
code j verify ../m2 ../odd.tar
