# SPDX-License-Identifier: Apache-2.0
# Files, links and special files in walk order; nothing is said beside them.
files b a/z a/y/1 'a b' a-b a.b A .hidden empty/
ln -s b link
ln -s nowhere dangling
mkfifo pipe
j list
