# SPDX-License-Identifier: Apache-2.0
"""interrupt.py [--group] SIGNAL FILE COMMAND...: sends SIGNAL as soon as FILE is there,
and prints the exit code.  --group: from the terminal, to all in the foreground."""
import os
import pty
import signal
import subprocess
import sys
import time


def wait_for(path, alive):
    deadline = time.monotonic() + 60
    while not os.path.exists(path) and time.monotonic() < deadline and alive():
        time.sleep(0.005)


def usual():
    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(s, signal.SIG_DFL)


def alone(name, path, command):
    child = subprocess.Popen(command, preexec_fn=usual)
    wait_for(path, lambda: child.poll() is None)
    child.send_signal(getattr(signal, name))
    return child.wait(60)


def at_terminal(path, command):
    pid, terminal = pty.fork()
    if pid == 0:
        usual()
        os.execv(command[0], command)
    wait_for(path, lambda: True)
    os.write(terminal, b"\x03")
    text = b""
    try:
        while more := os.read(terminal, 4096):
            text += more
    except OSError:
        pass
    print(text.decode().replace("^C", "").replace("\r", ""), end="")
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


words = sys.argv[1:]
group = words[0] == "--group"
name, path, *command = words[group:]
if os.path.exists(path):
    os.unlink(path)
sys.stdout.flush()
code = at_terminal(path, command) if group else alone(name, path, command)
print(name, code)
