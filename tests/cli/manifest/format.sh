# SPDX-License-Identifier: Apache-2.0
# What there is, what each format has a place for, and what is refused.
files a
dated a
for format in ndjson mtree xxh128sum csv; do
	j manifest --format $format --hash xxh128 --json
done
code j manifest --format xxh128sum --hash sha256
code j manifest --format sha256sum --hash xxh128,sha256
code j manifest --format json
code j manifest --hash md5
code j manifest --hash xxh128,
code j manifest --format
