# SPDX-License-Identifier: Apache-2.0
# Links are never followed, rules about paths through them match nothing.
files real/a outside/b
mkdir ctx
mv real ctx
ln -s real ctx/inside
ln -s ../outside ctx/out
ln -s / ctx/root
ln -s loop ctx/loop
printf 'inside/a\nout/b\n' >ctx/.dockerignore
j list --dirs ctx
