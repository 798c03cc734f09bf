# SPDX-License-Identifier: Apache-2.0
# A file that changes while it is read ends the run, and no archive appears.
mkdir ctx out
truncate -s 1T ctx/big
cat >change.py <<'PY'
import os, resource, signal, subprocess, time
p = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", "-o", "out/ctx.tar", "ctx"],
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 30, 8 << 30)))
def half():
    return sum(e.stat().st_size for e in os.scandir("out"))
while half() < 1 << 20 and p.poll() is None:
    time.sleep(0.001)
os.truncate("ctx/big", 10)
print(p.wait(60))
PY
python3 change.py
ls out
