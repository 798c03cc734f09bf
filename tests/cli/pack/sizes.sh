# SPDX-License-Identifier: Apache-2.0
# Contents around a block and around the buffers; the archive ends with zeroes.
for size in 0 1 511 512 513 1024 131071 131072 131073 1048577; do
	mkdir -p ctx
	head -c $size /dev/zero | tr '\0' x >ctx/$size
done
j pack -o ctx.tar ctx
tar -tvf ctx.tar | awk '{ print $3, $6 }'
echo $(($(stat -c %s ctx.tar) % 512))
tail -c 1024 ctx.tar | tr -d '\0' | wc -c
mkdir out
tar -xf ctx.tar -C out && diff -r ctx out && echo same
