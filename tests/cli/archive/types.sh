# SPDX-License-Identifier: Apache-2.0
# Kinds of members that no builder unpacks: the line names the member and its type.
built_in archive
cat >odd_types.py <<'PY'
import gzip, io, os, subprocess, sys, tarfile

def member(name, type, size=0, pax=None):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.pax_headers = type, size, pax or {}
    return info.tobuf(tarfile.PAX_FORMAT) + b"x" * size + bytes(-size % 512)

def pack(data, step=0):
    p = subprocess.Popen([os.environ["JETTISON"], "list", "--scope", "context", "-"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for at in range(0, len(data), step or len(data)):
            p.stdin.write(data[at:at + (step or len(data))])
            p.stdin.flush()
        p.stdin.close()
    except BrokenPipeError:
        pass
    print(p.stdout.read().decode(), end="")
    print(p.wait())

END = bytes(1024)
first = member("first", b"0", 3)
for type in b"0", b"\0", b"7", b"V", b"Z", b"N", b"X", b"D", b"M", b"A", b"\xff":
    print("---", type)
    pack(first + member("dir/odd", type, 0 if type == b"V" else 600) + member("last", b"0") + END)
print("--- behind what belongs to it")
long = "d/" * 60 + "n" * 120
odd = member("g", b"g") + member(long, b"Z", 700000, {"comment": "c" * 100000})
pack(first + member(long, b"0", 700000, {"comment": "c" * 100000}) + odd + END)
print("--- in small pieces, and compressed")
pack(first + member("big", b"0", 300000) + member("odd", b"Z") + END, 100)
pack(gzip.compress(first * 2000 + member("odd", b"7") + END), 1000)
pack(gzip.compress(gzip.compress(first + END)))
pack(first * 2000 + END, 511)
PY
python3 odd_types.py
