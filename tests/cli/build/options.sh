# SPDX-License-Identifier: Apache-2.0
# What both read, what only one reads, and what makes no sense.
. "$CLI/build/fake"
fake docker
fake podman
files a b linux arm64
dockerfile 'FROM scratch AS one' 'ARG F' 'COPY $F /' 'FROM base' 'ARG TARGETARCH' \
	'COPY a $TARGETARCH $MINE /'
build --target one --build-arg F=b .
F=a build --target=one --build-arg F .
echo "--- platforms"
files amd64
build --platform linux/arm64 --env MINE=linux .
DOCKER_DEFAULT_PLATFORM=linux/arm64 build --env MINE=linux .
build --with podman --arch arm64 --base-env MINE=linux --env MINE=own .
build --with podman --platform linux/arm64 --base-env MINE=linux -v a:b --jobs 2 .
echo "--- rules and scope"
echo a >../rules
build --scope context --target one --ignore-file ../rules --color never --jobs 3 -j2 .
echo "--- refused"
code build a b
code build -
code build https://example.com/x.git
code build git@example.com:x
code build --scope tree .
code build --scope
code build -f
code build --target nothing .
code build nowhere
code build --builder
mkdir empty
code build empty
build --scope context empty
echo "--- taken for a flag"
code build --no-such x .
code build --no-such x
code build -Z x .
code build --no-such=x y z
code build --no-such . .
code build --host tcp://x .
code build --with podman --storage-driver vfs --root /x .
code build --with podman --root=/x --help | head -n 1
build --no-such .
