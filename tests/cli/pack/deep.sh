# SPDX-License-Identifier: Apache-2.0
# 5,000 levels: every directory and the file, read back by Python.
mkdir ctx
python3 - <<'PY'
import os
os.chdir("ctx")
for i in range(5000):
    os.mkdir("d")
    os.chdir("d")
with open("leaf", "w") as f:
    f.write("found\n")
PY
j pack -o ctx.tar ctx
python3 - <<'PY'
import tarfile
n = 0
for m in tarfile.open("ctx.tar"):
    n += 1
print(n, len(m.name), m.name[-6:], m.size)
PY
