# SPDX-License-Identifier: Apache-2.0
# Half a second before 1970, written and read in every format that has times; bsdtar
# agrees on what mtree says.
: >a
touch -d '1969-12-31 23:59:59.5 UTC' a
for format in ndjson csv mtree; do
	j manifest --format $format >../m
	grep -o -e '-[01]\.[0-9]*' ../m
	code j verify --mtime ../m
done
TZ=UTC bsdtar -tvf ../m | tr -s ' '
