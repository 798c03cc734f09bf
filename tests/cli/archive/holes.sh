# SPDX-License-Identifier: Apache-2.0
# Zeroes take no room in TMPDIR: a disk image with hardly anything in it.
built_in archive
mkdir ctx ../spool
truncate -s 400M ctx/image
for at in 0 1 4095 4096 1000000 200000000 419430399; do
	printf x | dd of=ctx/image bs=1 seek=$at conv=notrunc status=none
done
printf 'tail' >ctx/small
truncate -s 70000 ctx/zeroes
cat >pack.py <<'PY'
import os, subprocess, threading
tar = subprocess.Popen(["tar", "-cf", "-", "-C", "ctx", "image", "small", "zeroes"],
                       stdout=subprocess.PIPE)
pack = subprocess.Popen([os.environ["JETTISON"], "pack", "--scope", "context", "-"],
                        stdin=tar.stdout, stdout=subprocess.PIPE,
                        env={**os.environ, "TMPDIR": os.path.abspath("../spool")})
# The first byte comes when all is in the spool, which has no name.
data = pack.stdout.read(1)
blocks = [os.stat(f"/proc/{pack.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pack.pid}/fd")]
room = max(s.st_blocks * 512 for s in blocks if s.st_nlink == 0)
size = max(s.st_size for s in blocks if s.st_nlink == 0)
print("content", size, "room", "little" if room <= 100000 else room)
listing = subprocess.Popen(["tar", "-xOf", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def feed():
    listing.stdin.write(data)
    while block := pack.stdout.read(1 << 20):
        listing.stdin.write(block)
    listing.stdin.close()
threading.Thread(target=feed).start()
found, at, last = [], 0, b""
while block := listing.stdout.read(1 << 20):
    if block.count(0) != len(block):
        found += [(at + i, block[i]) for i in range(len(block)) if block[i]]
    at += len(block)
print(found, at, pack.wait())
PY
python3 pack.py
