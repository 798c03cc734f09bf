# SPDX-License-Identifier: Apache-2.0
# The same as in the archive, as a directory.
project
rules '*.log' secret.key Dockerfile
ln -s ../src/main.c web/l
ln go.mod web/hard.json
mkfifo docs/pipe
mkdir docs/empty
chmod 755 tests/t.sh
dated go.mod docs docs/a.md
umask 077
jettison pack --format dir -o ../out
umask 022
jettison list --dirs
echo "--- out"
(cd ../out && find . | sort && cat .dockerignore)
diff -r --no-dereference . ../out -x pipe
jettison pack -o ../ctx.tar
mkdir ../untarred
tar -C ../untarred -xf ../ctx.tar
echo "--- not in the archive"
diff -r --no-dereference ../untarred ../out -x pipe
stat -c '%A %Y %n' ../out/go.mod ../out/docs ../out/docs/a.md
stat -c %i ../out/go.mod ../out/web/hard.json | uniq | wc -l
echo "--- what it needs in turn"
jettison list >../listed
(cd ../out && jettison list) | diff ../listed -
ls ..
