# SPDX-License-Identifier: Apache-2.0
# -f names the file in what is shipped.
. "$CLI/build/fake"
fake docker
fake buildah
fake buildctl
files ctx/a ctx/sub/b ctx/Dockerfile
printf '%s\n' 'FROM scratch' 'COPY a /' >ctx/sub/D
printf '%s\n' 'FROM scratch' 'COPY sub/b /' >Dockerfile
for with in docker buildah buildctl; do
	echo "--- $with: in the context"
	build --with $with -f ctx/sub/D ctx
	build --with $with -fctx/sub/D ctx
	echo "--- $with: elsewhere"
	build --with $with --file=Dockerfile ctx
	echo "--- $with: standard input"
	build --with $with -f - ctx <Dockerfile
	rm -f ctx/Dockerfile
	build --with $with -f - ctx <Dockerfile
	printf '%s\n' 'FROM scratch' 'COPY a /' >ctx/Dockerfile
done
echo "--- buildah would take the one that is here"
cd ctx
build --with buildah -f Dockerfile .
mkdir .jettison
build --with buildah -f sub/D .
build --with buildah .
echo "--- several"
code build --with buildah -f sub/D -f Dockerfile .
build --with docker -f Dockerfile -f sub/D .
code build -f nothing .
