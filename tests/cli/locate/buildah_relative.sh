# SPDX-License-Identifier: Apache-2.0
# buildah 1.28 takes a relative -f from the current directory, but looks for the
# ignore file beside it from the context root (measured).
files ctx/sub/ ctx/a ctx/b
printf 'FROM scratch\nCOPY . /\n' >ctx/sub/D
echo a >ctx/.dockerignore
echo b >ctx/sub/D.dockerignore
for builder in buildkit buildah; do
	echo "--- $builder"
	j list --builder $builder -f ctx/sub/D ctx | grep '^.$'
	j list --builder $builder -f "$PWD/ctx/sub/D" ctx | grep '^.$'
done
echo '--- from inside, and by default'
(cd ctx && j list --builder buildah -f sub/D . | grep '^.$')
mv ctx/sub/D ctx/Containerfile
mv ctx/sub/D.dockerignore ctx/Containerfile.dockerignore
j list --builder buildah ctx | grep '^.$'
