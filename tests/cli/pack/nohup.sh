# SPDX-License-Identifier: Apache-2.0
# What the parent ignores stays ignored.
files ctx/a
mkdir out
cat >hup.py <<'PY'
import os, signal, subprocess
p = subprocess.Popen([os.environ["JETTISON"], "why", "--scope", "context", "--stdin", "-C", "ctx"], stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
p.stdin.write(b"a\n")
p.stdin.flush()
p.stdout.readline()
p.send_signal(signal.SIGHUP)
p.stdin.write(b"a\n")
p.stdin.close()
print(p.stdout.readline().decode(), end="")
print(p.wait(60))
PY
python3 hup.py
