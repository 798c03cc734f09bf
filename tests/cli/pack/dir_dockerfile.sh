# SPDX-License-Identifier: Apache-2.0
# Every builder finds the Dockerfile and the rules in a directory, wherever they were.
show() {
	echo "--- $*"
	jettison pack --format dir -o out --replace "$@" 2>&1
	(cd out && find . -type f | sort | while read -r f; do echo "$f: $(tr '\n' ' ' <"$f")"; done)
}
files ctx/a ctx/sub/b own elsewhere
printf 'FROM scratch\nCOPY . .\n' >ctx/Dockerfile
cp ctx/Dockerfile ctx/sub/D
cp ctx/Dockerfile elsewhere
printf '*\n!a\n' >ctx/.dockerignore
printf 'a\n' >ctx/sub/D.dockerignore
printf 'sub\nDockerfile\n' >own
for builder in buildkit classic buildah; do
	show --builder $builder ctx
	show --builder $builder -f ctx/sub/D ctx
	show --builder $builder --ignore-file own ctx
	show --builder $builder -f elsewhere ctx
done
printf 'FROM scratch\nCOPY . .\n' >stdin
show -f - ctx <stdin
show --scope tree ctx
