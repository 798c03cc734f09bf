# SPDX-License-Identifier: Apache-2.0
# A Dockerfile from elsewhere is the first entry, by a name that the builder takes.
files ctx/a ctx/sub/b ctx/x.log
packed() {
	printf '%s\n' "$@" | jettison pack -f - $options -o ../t.tar ctx 2>&1
	tar -tf ../t.tar | tr '\n' ' '
	echo
}
show() {
	tar -xOf ../t.tar "$1"
}
options=
packed 'FROM x' 'COPY a /'
show Dockerfile
tar -tvf ../t.tar | cut -c1-10
echo "--- outside the context"
dockerfile 'FROM x' 'COPY sub /'
jettison pack -f Dockerfile -o t.tar ctx
tar -tf t.tar
rm Dockerfile
for builder in buildkit classic buildah; do
	options="--builder $builder"
	echo "--- $builder: an instruction would see it"
	packed 'FROM x' 'COPY . /'
	show .dockerignore 2>/dev/null
	show Dockerfile.dockerignore 2>/dev/null
	packed 'FROM x' 'COPY [a-zD]* /'
	echo "--- $builder: with rules"
	printf '%s\n' '*.log' .dockerignore >ctx/.dockerignore
	packed 'FROM x' 'COPY a /'
	show Dockerfile.dockerignore 2>/dev/null
	packed 'FROM x' 'COPY . /'
	show .dockerignore 2>/dev/null
	show Dockerfile.dockerignore 2>/dev/null
	echo "--- $builder: the ignore file ships"
	echo '*.log' >ctx/.dockerignore
	packed 'FROM x' 'COPY . /'
	printf '%s\n' '*.log' 'D*' >ctx/.dockerignore
	packed 'FROM x' 'COPY . /'
	rm ctx/.dockerignore
	echo "--- $builder: the context has its own"
	files ctx/Dockerfile
	packed 'FROM x' 'COPY a /'
	packed 'FROM x' 'COPY Dockerfile a /'
	show Dockerfile
	rm ctx/Dockerfile
	mkdir ctx/Dockerfile
	files ctx/Dockerfile/x
	packed 'FROM x' 'COPY Dockerfile/x /'
	rm -r ctx/Dockerfile
	files ctx/Containerfile
	packed 'FROM x' 'COPY Containerfile /'
	rm ctx/Containerfile
done
options=
echo "--- no name is left"
files ctx/Dockerfile ctx/Dockerfile.jettison
printf 'FROM x\nCOPY . /\n' | code jettison pack -f - -o no.tar ctx 2>&1
rm ctx/Dockerfile*
echo "--- other scopes, and nothing to read"
options='--scope context'
packed 'FROM x'
options='--scope tree'
packed 'FROM x'
code jettison pack -f - ctx <&- | wc -c
