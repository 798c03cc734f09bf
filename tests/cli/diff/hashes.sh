# SPDX-License-Identifier: Apache-2.0
# Without a hash in common nobody can tell, and a note says so.
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
