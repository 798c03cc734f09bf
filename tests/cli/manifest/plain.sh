# SPDX-License-Identifier: Apache-2.0
# One object per entry, directories too; members in order; known hashes of nothing
# and of "abc" (xxhsum -H2).
mkdir ctx ctx/d
: >ctx/d/empty
printf abc >ctx/abc
chmod 640 ctx/abc
ln -s abc ctx/link
ln ctx/abc ctx/second
mkfifo ctx/pipe
find ctx -exec touch -h -d @1700000000.5 {} +
j manifest ctx
