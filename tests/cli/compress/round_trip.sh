# SPDX-License-Identifier: Apache-2.0
# What other programs read is what was there, and any number of threads writes the same.
mkdir ctx
files ctx/a ctx/b/c
seq 400000 >ctx/big
dated ctx/* ctx/b/c
j pack -q -o plain.tar ctx
for how in none gzip gzip:1 gzip:9 zstd zstd:1 zstd:19 xz:0 xz; do
	j pack -q --compress $how -o ctx.out ctx
	for jobs in 1 2 5; do
		j pack -q --compress=$how -j$jobs ctx | cmp - ctx.out
	done
	case $how in
	gzip*) gzip -dc <ctx.out ;;
	zstd*) zstd -qdc <ctx.out ;;
	xz*) xz -dc <ctx.out ;;
	none) cat ctx.out ;;
	esac | cmp - plain.tar && echo "$how $(bsdtar -tf ctx.out | tr '\n' ' ')"
done
python3 - <<'PY'
import tarfile
with tarfile.open("ctx.out") as tar:
    print(tar.getnames())
PY
