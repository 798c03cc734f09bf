# SPDX-License-Identifier: Apache-2.0
# The Dockerfile and the ignore file are those in the archive; what messages call them is
# their name in there.
built_in archive
mkdir ctx && cd ctx || exit
files a b c sub/x
files other/.dockerignore
rules b
dockerfile 'FROM scratch' 'COPY . /'
printf 'FROM scratch\nCOPY a b c /\n' >sub/D
printf 'c\n' >sub/D.dockerignore
ln -s sub/D link
ln -s ../outside out
tar -cf ../ctx.tar . && cd .. || exit
printf 'a\n' >ignore
printf 'FROM scratch\nCOPY c /\n' >D
of() {
	echo "--- $*"
	code jettison "$@" - <ctx.tar 2>&1
}
of list
of list -v -f sub/D --json --builder classic
of list -f /sub/../../sub/D
of list -f ./sub/D --builder buildah
of list -f link
of list -f sub/D
of list -f sub/D --ignore-file ignore
of list --ignore-file ignore
of list --ignore-file none
of list -f D
of list -f out
of list -f sub
of list -f -
of list --scope context -f D
printf 'a\nDockerfile\n' >ignore
of pack --ignore-file ignore --builder buildah -o new.tar
tar -xOf new.tar Dockerfile.dockerignore
# As the directory has it.
for file in sub/D ./sub/D link; do
	for builder in buildkit classic buildah; do
		set -- --builder $builder -f $file
		(cd ctx && code jettison list "$@" >../want 2>&1)
		code jettison list "$@" - <ctx.tar 2>&1 | cmp want -
	done
done
rm ctx/Dockerfile ctx/.dockerignore && tar -C ctx -cf ctx.tar .
of list
of list --scope context
printf 'FROM scratch\nCOPY none /\n' >ctx/dockerfile
printf '[\n' >ctx/.dockerignore
tar -C ctx -cf ctx.tar .
of list
of list --ignore-file /dev/null
rm ctx/.dockerignore && mkdir ctx/.dockerignore && tar -C ctx -cf ctx.tar .
of list --scope context
of list --scope context --builder classic
