# SPDX-License-Identifier: Apache-2.0
# A full disk, and a reader that has gone.
seq 400000 >big
for how in gzip zstd xz:0; do
	code j pack -q --compress $how -o /dev/full
	code j pack -q --compress $how -o /dev/full -j4
	j pack -q --compress $how | head -c 10 | wc -c
done 2>&1
# What was begun is not taken for whole.
mkdir ctx
head -c 3000000 /dev/urandom >ctx/a
files ctx/b
chmod 000 ctx/b
chmod 755 ctx
as_user "$JETTISON" pack --scope context --builder buildah --compress gzip ctx >ctx.tar.gz
echo "exit $?"
gzip -t ctx.tar.gz 2>/dev/null
echo "exit $?"
