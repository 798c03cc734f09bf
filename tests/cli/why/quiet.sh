# SPDX-License-Identifier: Apache-2.0
# The exit code is the answer: 0 when every path ships.
files a b link
rules a
code j why -q b
code j why -q a
code j why -q b a
code j why -q missing
code j why -q ../x
printf 'b\na\n' | code j why -q --stdin
code j why -q --json a
