# SPDX-License-Identifier: Apache-2.0
# Several runs at once, some of which are killed: each that ends has the right digest,
# and the cache is whole.
built_in cache
i=0
while [ $i -lt 200 ]; do
	files d$((i % 10))/f$i
	i=$((i + 1))
done
settle
j digest >../plain
i=0
while [ $i -lt 12 ]; do
	j digest --cache=../cache >../out.$i &
	[ $((i % 3)) != 0 ] || kill -9 $! 2>/dev/null
	i=$((i + 1))
done
wait
cat ../out.* | sort -u | cmp - ../plain
j digest --cache=../cache | cmp - ../plain
j digest --cache=../cache | cmp - ../plain
jettison cache ../cache | grep -o '[0-9]* files'
