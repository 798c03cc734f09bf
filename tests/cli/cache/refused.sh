# SPDX-License-Identifier: Apache-2.0
# What makes no sense, and places where no cache can be.
built_in cache
files a
code j digest --cache=
code jettison cache --stat --clear
code jettison cache a b
code jettison cache --bogus
code j digest --cache=a/b
code j digest --json --cache=a
code jettison cache -h | head -n 1
j digest --cache a 2>&1 | head -c 50
