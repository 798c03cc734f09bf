# SPDX-License-Identifier: Apache-2.0
# Links at the end of the name are followed, also to what is not there yet.
files ctx/a sub/
ln -s new.tar dangling
ln -s ../sub/far.tar sub/link
ln -s sub/link twice
ln -s nowhere/x lost
ln -s loop loop
code j pack -o dangling ctx
code j pack -o twice ctx
code j pack -o "$PWD/twice" ctx
code j pack -o lost ctx
# musl says it in other words.
code j pack -o loop ctx 2>&1 | sed 's/: symbolic link loop/: too many levels of symbolic links/'
code j manifest -o dangling ctx
find . -type l -o -type f | LC_ALL=C sort
tar -tf sub/far.tar
