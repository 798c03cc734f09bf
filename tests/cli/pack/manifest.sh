# SPDX-License-Identifier: Apache-2.0
# In one reading: what manifest would write, but as the archive has it; other names of a
# file have its hash; neither file is an entry of the other.
built_in archive
odd_names
ln plain odd/hard
mkdir empty
j manifest >../alone
for options in '' '--compress gzip' '--mtime-ns'; do
	j pack $options -o ../t.tar --manifest ../m
	sed 's/\(mtime":"[0-9]*\)\.[0-9]*/\1/' ../m >../whole
	sed 's/\(mtime":"[0-9]*\)\.[0-9]*/\1/' ../alone | cmp - ../whole
	code j verify --mtime ../m ../t.tar
done
# But for the first entry, which has no fraction of a second in the archive.
j pack --mtime-ns -o ../t.tar --manifest ../m
sed '1s/\(mtime":"[0-9]*\)\.[0-9]*/\1.000000000/' ../alone | cmp - ../m
chmod 600 plain
j pack --normalize -o ../t.tar --manifest ../m --manifest-format csv --hash xxh128
code j verify --mtime ../m ../t.tar
code j verify ../m
code j verify --normalize ../m
sed -n 2p ../m
j pack --manifest - -o ../t.tar >../m
code j verify - ../t.tar <../m
j pack --manifest ../m >../t.tar
code j verify ../m - <../t.tar
# In the context itself.
j pack -o t.tar --manifest m
code j verify m t.tar
j pack -q -o t.tar --manifest m
code j verify m t.tar
ls
# The hashes are there for the next command.
settle
j pack -q -o ../t.tar --manifest ../m --cache=../cache
jettison cache ../cache | sed 's/, .*//'
