# SPDX-License-Identifier: Apache-2.0
# The first kept name has the content, the later ones are links to it.
files ctx/a
ln ctx/a ctx/b
ln ctx/a ctx/c
find ctx -exec touch -h -d @1700000000 {} +
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar
echo a left out
printf 'a\n.dockerignore\n' >ctx/.dockerignore
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar
