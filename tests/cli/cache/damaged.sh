# SPDX-License-Identifier: Apache-2.0
# What makes no sense is thrown away, with a note, and never believed.
built_in cache
files a b
settle
j digest >../plain
check() {
	j digest --cache=../cache | cmp - ../plain && jettison cache ../cache | grep -o '[0-9]* files'
}
check
yes | head -c 20000 >../cache/hashes/data.mdb
jettison cache ../cache
check
truncate -s 5000 ../cache/hashes/data.mdb
check
j digest -q --cache=../cache | cmp - ../plain
: >../cache/hashes/data.mdb
check
rm ../cache/hashes/lock.mdb
check
