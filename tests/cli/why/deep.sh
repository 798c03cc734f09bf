# SPDX-License-Identifier: Apache-2.0
# A path longer than any system call takes.
python3 - <<'PY'
import os
for i in range(3000):
    os.mkdir("dir")
    os.chdir("dir")
open("leaf", "w").close()
PY
rules '**/leaf'
j list --ignored >path
j why --stdin <path | tail -c 60
sed 's/leaf$/none/' path | j why --stdin | tail -c 50
