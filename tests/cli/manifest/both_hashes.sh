# SPDX-License-Identifier: Apache-2.0
# One reading, two hashes, in either way of asking for them.
built_in sha256
printf hello >a
: >empty
dated .
for format in ndjson mtree csv; do
	dated a empty
	j manifest --format $format --hash sha256 --hash xxh128
done
j manifest --hash xxh128,sha256 | grep -c "$(sha256sum <a | cut -d' ' -f1)\|$(xxhsum -H2 a 2>/dev/null | cut -d' ' -f1)"
j manifest --format sha256sum
j manifest --hash sha256
