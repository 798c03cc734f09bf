# SPDX-License-Identifier: Apache-2.0
# Whoever asks path by path through pipes gets each answer before the next question.
files a b
rules a
cat >ask.py <<'PY'
import os, subprocess
p = subprocess.Popen([os.environ["JETTISON"], "why", "--scope", "context", "--stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for name in (b"a\n", b"b\n"):
    p.stdin.write(name)
    p.stdin.flush()
    print(p.stdout.readline().decode(), end="")
p.stdin.close()
print(p.wait())
PY
timeout 60 python3 ask.py
