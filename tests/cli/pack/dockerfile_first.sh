# SPDX-License-Identifier: Apache-2.0
# Where docker would take a pax header in front for a Dockerfile, a plain header
# for the root goes before it.
long=$(printf '%0120d' 0)
files ctx/$long
dated ctx/$long
j pack -o long.tar ctx
head -c 512 long.tar | python3 -c '
import sys
h = sys.stdin.buffer.read()
print(h[:2], h[156:157], h[257:265], int(h[136:147], 8))'
python3 "$CLI/pack/members.py" long.tar
files short/a
j pack short | head -c 512 | python3 -c '
import sys
h = sys.stdin.buffer.read()
print(h[:2], h[156:157], h[257:265])'
