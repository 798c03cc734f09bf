# SPDX-License-Identifier: Apache-2.0
# 100,000 names in one directory come sorted.
cat >wide.py <<'PY'
import os, sys
os.mkdir("ctx")
for i in range(100000):
    os.close(os.open("ctx/%d" % (i * 7919 % 100000), os.O_CREAT | os.O_WRONLY))
PY
python3 wide.py
j list ctx >paths
ls ctx | sort | cmp - paths
printf '*[13579]\n' >ctx/.dockerignore
j list ctx | grep -vc ignore
j list --ignored ctx | wc -l
