# SPDX-License-Identifier: Apache-2.0
# 5,000 levels: the path is far longer than any system call takes.
cat >deep.py <<'PY'
import os
os.mkdir("ctx")
os.chdir("ctx")
for i in range(5000):
    os.mkdir("dir")
    os.chdir("dir")
open("leaf", "w").close()
PY
python3 deep.py
j list ctx >paths
wc -lc <paths | tr -s ' '
head -c 12 paths
echo ...
tail -c 10 paths
j list --json --dirs ctx | wc -l
printf '**/leaf\n' >ctx/.dockerignore
j list ctx
j list --ignored ctx | cmp - paths
j list --builder classic ctx
j list --builder buildah ctx
