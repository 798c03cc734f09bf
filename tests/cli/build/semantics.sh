# SPDX-License-Identifier: Apache-2.0
# Whose rules count, and that docker takes the same builder.
. "$CLI/build/fake"
fake docker
fake buildah
files a
dockerfile 'FROM scratch' 'COPY a /'
say() {
	echo "--- $*"
	build --dry-run --verbose . 2>&1 | grep -v Dockerfile: | grep -v ignore
}
say "docker 28 with buildx"
export BUILDX=1
say "docker 28 without buildx"
export VERSION="Docker version 20.10.24+dfsg1, build 297e128"
say "docker 20.10"
export DOCKER_BUILDKIT=1
say "docker 20.10 with BuildKit"
export DOCKER_BUILDKIT=false
say "docker 20.10 without"
export VERSION="Docker version 28.2.2, build e6534b4"
say "docker 28 without"
export DOCKER_BUILDKIT=perhaps
code build .
unset DOCKER_BUILDKIT
export VERSION="podman version 4.3.1"
say "a docker that is podman"
build --dry-run --env A=1 .
echo "--- asked for"
export VERSION="a docker of my own"
build --dry-run --builder classic .
build --dry-run --builder buildkit .
build --dry-run --builder my-instance .
code build --dry-run --builder buildah .
code build --dry-run --with buildah --builder classic .
build --dry-run --with buildah --builder buildah .
build --dry-run --with buildx --builder my-instance .
