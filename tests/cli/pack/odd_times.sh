# SPDX-License-Identifier: Apache-2.0
# Before 1970, beyond eleven octal digits, and fractions, which are cut off.
files ctx/a ctx/b ctx/c ctx/d
touch -d @-5 ctx/a
touch -d @8589934591 ctx/b
touch -d @8589934592 ctx/c
touch -d @1700000000.999999999 ctx/d
# Some file systems cannot hold them all; then there is nothing to see.
[ "$(stat -c %Y ctx/a ctx/c | tr '\n' ' ')" = "-5 8589934592 " ] || { cat "$CLI/pack/odd_times.out"; exit; }
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar
tar -tf ctx.tar
