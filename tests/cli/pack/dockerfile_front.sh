# SPDX-License-Identifier: Apache-2.0
# The Dockerfile comes first, with the header that it has in any place; then all the rest.
built_in archive
first() {
	echo "--- $*"
	jettison pack "$@" >../t.tar
	python3 "$CLI/pack/members.py" ../t.tar
	jettison list - <../t.tar >../there
	cmp ../there ../here
}
list() {
	jettison list "$@" >../here
}
files A/a B sub/deep/D
dockerfile 'FROM scratch' 'COPY . /'
printf 'FROM scratch\nCOPY A sub /\n' >sub/deep/D
chmod 700 sub
chmod 600 Dockerfile
find . -exec touch -h -d @1700000000 {} +
list . && first .
list -f sub/deep/D . && jettison pack -f sub/deep/D . | tar -t
echo "--- for every builder, with a manifest in the walk's order"
for builder in classic classic-20.10 buildah; do
	jettison pack --builder $builder | tar -t | head -n 1
done
jettison pack -o ../t.tar --manifest ../m --manifest-format sha256sum
sed 's/.*  //' ../m
sha256sum --quiet -c ../m
jettison verify ../m ../t.tar
echo "--- in its place: several names, a link, scope tree"
ln Dockerfile A/hard
touch -d @1700000000 A
jettison pack | tar -tv | sed 's/.* //' | tr '\n' ' '
rm A/hard
mv Dockerfile sub/real
ln -s sub/real Dockerfile
jettison pack | tar -t | head -n 2
jettison pack --scope tree | tar -t | head -n 2
