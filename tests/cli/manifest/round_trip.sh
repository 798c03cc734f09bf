# SPDX-License-Identifier: Apache-2.0
# What the archive holds is what the manifest says.
files ctx/a ctx/d/b ctx/d/c left
ln -s a ctx/l
ln ctx/a ctx/d/h
find ctx -exec touch -h -d @1700000000 {} +
mkdir out
j pack ctx | tar -xpf - -C out
find out -mindepth 1 -exec touch -h -d @1700000000 {} +
j manifest ctx >1
j manifest out | cmp - 1 && wc -l <1
