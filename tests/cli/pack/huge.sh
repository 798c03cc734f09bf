# SPDX-License-Identifier: Apache-2.0
# A file of more than 8 GiB, and 10 GiB in all: other programs see what is there, and little
# memory is needed.
takes_long
files ctx/a
truncate -s 8589934593 ctx/huge
truncate -s 2147483648 ctx/less
cat >run.py <<'PY'
import os, resource, subprocess, tarfile
p = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", "--normalize", "ctx"],
                     stdout=subprocess.PIPE, bufsize=1 << 20)
with tarfile.open(fileobj=p.stdout, mode="r|", bufsize=1 << 20) as tar:
    for m in tar:
        print(m.name, m.size, m.pax_headers)
print("rest", sum(len(data) for data in iter(lambda: p.stdout.read(1 << 20), b"")))
print("exit", p.wait())
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
with open(os.environ["JETTISON"], "rb") as program:
    sanitized = b"san_init" in program.read()  # and has memory of its own
print("memory", "below 64 MiB" if memory < 64 << 10 or sanitized else memory)
PY
python3 run.py
