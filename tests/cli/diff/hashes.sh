# SPDX-License-Identifier: Apache-2.0
# Without a hash in common nobody can tell: two sides without another difference are then not
# said to be the same.
built_in sha256
printf one >a
j manifest --hash sha256 >../sha
j manifest --format xxh128sum >../xxh
printf two >a
code j diff ../sha .
code j diff ../xxh .
code j diff --json ../xxh . | tail -n 2
code j diff ../sha ../xxh
code j diff --hash xxh128 ../sha .
code j diff -q ../sha ../xxh
code j diff -q --stat ../sha ../xxh
code j diff --json ../sha ../xxh 2>/dev/null
code j diff --size-only ../sha ../xxh
code j diff --size-only ../sha .
code j diff --size-only --hash sha256 ../sha .
printf more >>a
code j diff --size-only ../sha .
