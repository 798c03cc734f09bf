# SPDX-License-Identifier: Apache-2.0
# Every line is JSON whatever the names are, and gives back the exact bytes.
cat >check.py <<'PY'
import base64, json, os, sys
want = set(os.listdir(b"ctx"))
for line in sys.stdin.buffer:
    o = json.loads(line.decode("utf-8"))
    assert ("path" in o) != ("path_b64" in o), line
    name = base64.b64decode(o["path_b64"]) if "path_b64" in o else o["path"].encode()
    assert ("path" in o) == (name.decode("utf-8", "replace").encode() == name), line
    want.remove(name)
assert not want, want
print("all of them")
PY
cat >make.py <<'PY'
import os
for c in range(1, 256):
    if c not in b"./":
        open(b"ctx/" + bytes([c]), "w").close()
for name in (b"\xc3\xa9", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xf0\x9f\x98\x80", b"a\xc3",
             b"\\", b'"', b"\x7f", b"a\\nb", b"\xe2\x80\xa8", b"\xef\xbf\xbd"):
    open(b"ctx/" + name, "w").close()
PY
mkdir ctx
python3 make.py
j list --json ctx | python3 check.py
