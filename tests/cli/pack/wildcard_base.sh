# SPDX-License-Identifier: Apache-2.0
# BuildKit fails where the directory of a wildcard is missing, so it is kept bare.
mkdir d
touch d/x.txt a
printf 'FROM scratch\nCOPY --exclude=d . /a/\nCOPY d/*.zip /b/\n' >Dockerfile
jettison pack -o ../ctx.tar && tar -tf ../ctx.tar
mkdir ../again && tar -xf ../ctx.tar -C ../again
echo "--- it packs the same again"
cd ../again && jettison pack -o ../ctx2.tar && tar -tf ../ctx2.tar
