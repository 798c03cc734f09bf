# SPDX-License-Identifier: Apache-2.0
# Waiting for a reader that does not read.
mkdir ctx
truncate -s 1T ctx/big
cat >wait.py <<'PY'
import os, signal, subprocess, time
for name in ("SIGINT", "SIGTERM"):
    p = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", "ctx"], stdout=subprocess.PIPE,
                         preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    p.stdout.read(512)
    p.send_signal(getattr(signal, name))
    print(name, p.wait(60))
PY
python3 wait.py
