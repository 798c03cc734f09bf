# SPDX-License-Identifier: Apache-2.0
# A signal leaves nothing of a directory behind.
mkdir ctx out
for i in 1 2 3 4 5 6 7 8; do
	mkdir ctx/d$i
	truncate -s 64M ctx/d$i/big
done
cat >interrupt.py <<'PY'
import os, signal, subprocess, sys, time
for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
    p = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", "--format", "dir", "--normalize",
                          "-o", "out/dir", "--manifest", "out/manifest", "ctx"])
    while not os.listdir("out") and p.poll() is None:
        time.sleep(0.001)
    time.sleep(0.02)
    p.send_signal(number)
    print(p.wait(60), os.listdir("out"))
PY
python3 interrupt.py
