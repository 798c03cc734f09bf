# SPDX-License-Identifier: Apache-2.0
# A file that goes while the archive is on its way to a pipe: told of once.
mkdir ctx
truncate -s 3M ctx/a
cat >gone.py <<'PY'
import os, subprocess
for words in [], ["--verbose"]:
    open("ctx/z", "w").close()
    p = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", *words, "ctx"],
                         stdout=subprocess.PIPE)
    # The first file is on its way; the last name is known, and not looked at yet.
    p.stdout.read(512)
    os.unlink("ctx/z")
    p.stdout.read()
    print(p.wait(60))
PY
python3 gone.py
