# SPDX-License-Identifier: Apache-2.0
# What the manifest has is what is computed; lists of other tools do, too.
built_in sha256
odd_names
for format in ndjson csv mtree; do
	j manifest --format $format --hash sha256 >../m.$format
done
find . -type f -print0 | xargs -0 sha256sum >../theirs
j manifest --format sha256sum >../m.sums
for manifest in m.ndjson m.csv m.mtree m.sums theirs; do
	code j verify ../$manifest
done
printf X >plain
for manifest in m.ndjson m.csv m.mtree m.sums theirs; do
	code j verify ../$manifest
done
bsdtar -cf - --format=mtree --options='!all,type,mode,size,link,sha256' . 2>/dev/null >../bsd
code j verify ../bsd
printf Y >plain
code j verify ../bsd
