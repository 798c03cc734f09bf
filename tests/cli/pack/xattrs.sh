# SPDX-License-Identifier: Apache-2.0
# Extended attributes, only when they are asked for.
files d/f d/g
ln -s f d/l
cat >set.py <<'PY'
import os
os.setxattr("d", "user.dir", b"of a directory")
os.setxattr("d/f", "user.b", bytes(range(256)))
os.setxattr("d/f", "user.a=%", b"")
os.setxattr("d/f", "user.\xfc", "\xfc".encode())
PY
# Some file systems have none, and POSIX knows none.
if ! python3 set.py 2>/dev/null || ! j pack --xattrs >/dev/null 2>&1; then
	cat "$CLI/pack/xattrs.out"
	exit
fi
cat >show.py <<'PY'
import sys, tarfile
with tarfile.open(sys.argv[1], errors="surrogateescape") as tar:
    for m in tar:
        print(ascii(m.name), {ascii(k): ascii(v) for k, v in m.pax_headers.items()})
PY
rm set.py
mv show.py ..
j pack -o ../plain.tar
python3 ../show.py ../plain.tar
j pack --xattrs -o ../ctx.tar
python3 ../show.py ../ctx.tar
echo "--- a directory, and back from GNU tar's extraction"
j pack --xattrs --format dir -o ../dir
mkdir ../gnu
tar --xattrs -C ../gnu -xf ../ctx.tar
python3 - <<'PY'
import os
for root in "../dir", "../gnu":
    for path in "d", "d/f", "d/g":
        full = os.path.join(root, path)
        print(path, [(n, os.getxattr(full, n)[:20]) for n in sorted(os.listxattr(full)) if n.startswith("user.")])
PY
