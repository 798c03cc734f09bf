# SPDX-License-Identifier: Apache-2.0
# Around the buffer: the hash of 1 MiB and its neighbours does not depend on how
# it is read; equal contents have equal hashes.
mkdir ctx
for n in 131071 131072 131073 1048575 1048576 1048577; do
	yes jettison | head -c $n >ctx/$n
	cp ctx/$n ctx/$n.copy
done
j manifest ctx | sed 's/.*"path":"\([^"]*\)".*"xxh128":"\([^"]*\)".*/\2 \1/' | sed 's/\.copy//' | uniq -c | tr -s ' '
