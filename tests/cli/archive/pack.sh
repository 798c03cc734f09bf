# SPDX-License-Identifier: Apache-2.0
# The archive that comes out, as a file, as a directory, with its manifest; nothing is left
# where the contents were kept meanwhile.
built_in archive
mkdir ctx tmp && cd ctx || exit
project
ln web/index.js web/again.js
rules '*.log' Dockerfile
dockerfile 'FROM scratch' 'COPY . /'
find . -exec touch -h -d @1700000000 {} +
tar -cf ../ctx.tar .
for builder in buildkit classic buildah; do
	jettison pack --builder $builder -o ../want.tar
	TMPDIR=$PWD/../tmp jettison pack --builder $builder --manifest ../m -o ../got.tar - <../ctx.tar
	cmp ../want.tar ../got.tar
	tar -tf ../got.tar
	code jettison verify --scope tree ../m ../got.tar
done
jettison pack --format dir -o ../want
jettison pack --format dir -o ../got - <../ctx.tar
diff -r ../want ../got
for dir in want got; do
	jettison manifest --scope tree ../$dir >../$dir.m
done
cmp ../want.m ../got.m
stat -c '%a %Y %h' ../got ../got/web/index.js
code jettison pack --format dir -o ../more --link - <../ctx.tar
ls ../tmp ../more
# Onto itself.
cp ../ctx.tar ../same.tar
jettison pack -o ../same.tar - <../same.tar
jettison pack | cmp - ../same.tar
