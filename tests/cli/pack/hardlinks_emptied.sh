# SPDX-License-Identifier: Apache-2.0
# A link to an emptied file must not bring its content back.
files ctx/a/b
ln ctx/a/b ctx/z
printf 'a\n!a/b\na\n.dockerignore\n' >ctx/.dockerignore
find ctx -exec touch -h -d @1700000000 {} +
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar
