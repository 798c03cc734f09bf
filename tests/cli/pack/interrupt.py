# SPDX-License-Identifier: Apache-2.0
"""interrupt.py SIGNAL DIR COMMAND...: sends SIGNAL as soon as something half
written is in DIR, and prints the exit code."""
import os
import resource
import signal
import subprocess
import sys
import time

number = getattr(signal, sys.argv[1])
before = set(os.listdir(sys.argv[2]))


def prepare():
    # A background job of a shell ignores SIGINT; and the disk is not ours.
    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(s, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 30, 4 << 30))


p = subprocess.Popen(sys.argv[3:], preexec_fn=prepare)
deadline = time.monotonic() + 60
while set(os.listdir(sys.argv[2])) == before and time.monotonic() < deadline and p.poll() is None:
    time.sleep(0.001)
print("half written:", len(set(os.listdir(sys.argv[2])) - before))
p.send_signal(number)
print(sys.argv[1], p.wait(60))
