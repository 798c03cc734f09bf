# SPDX-License-Identifier: Apache-2.0
# Fractions of a second, but never in front.
files a b c d/
touch -d @1700000000.123456789 a b d
touch -d @1700000000.5 c
touch -d @-1.25 d
j pack --mtime-ns -o ../ctx.tar
python3 - <<'PY'
import tarfile
with tarfile.open("../ctx.tar") as tar:
    for m in tar:
        print(m.name, repr(m.mtime), m.pax_headers)
PY
bsdtar -xf ../ctx.tar -C .. a b c d
stat -c '%n %.9Y' ../a ../b ../c ../d
head -c 512 ../ctx.tar | tail -c +258 | head -c 5
