# SPDX-License-Identifier: Apache-2.0
# What there is, and what is promised.
files a
dated a
j manifest --format ndjson --hash xxh128 --json
code j manifest --format mtree
code j manifest --hash sha256
code j manifest --format
