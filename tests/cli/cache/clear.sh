# SPDX-License-Identifier: Apache-2.0
# Only a cache is cleared, and what is in its place besides stays.
built_in cache
files a x/hashes/data.mdb
settle
code jettison cache --clear
code jettison cache --clear nowhere
code jettison cache --clear x
code jettison cache --json --clear . 2>/dev/null
find . -type f | sort
j digest -q --cache=../c >/dev/null
files ../c/hashes/mine ../c/mine ../c/old.7/lock.mdb
code jettison cache --clear ../c
(cd ../c && find . | sort)
code jettison cache --clear ../c
j digest -q --cache >/dev/null
jettison cache | grep -o ': [0-9]* files'
code jettison cache --clear
jettison cache | grep -o ': [0-9]* files'
