# SPDX-License-Identifier: Apache-2.0
# A limit on the size of files is a full disk, too: no half file stays.
mkdir ctx out
head -c 3000000 /dev/zero >ctx/big
echo old >out/ctx.tar
(
	ulimit -f 1000
	code j pack -o out/ctx.tar ctx
)
ls out
cat out/ctx.tar
