# SPDX-License-Identifier: Apache-2.0
# A directory with something in it is replaced only when that is asked for, at once.
files ctx/a ctx/b out/old
code j pack --format dir -o out ctx
ls out
code j pack --format dir -o out --replace ctx
ls out
rm ctx/b
ln -s out link
code j pack --format dir -o link/ --replace ctx
ls out
code j pack --format dir -o . --replace ctx
code j pack --format dir -o ctx/../ctx --replace ctx
code j pack --format dir -o ctx/a --replace ctx
code j pack --format dir -o nowhere/out ctx
mkdir empty
code j pack --format dir -o empty ctx
ls -A . empty
