# SPDX-License-Identifier: Apache-2.0
# Which builder it is: docker first, or as it is told; and each has its own words.
. "$CLI/build/fake"
app
for name in buildctl buildah podman docker; do
	fake $name
	echo "--- $name is there, too"
	build -t app .
done
echo "--- by name"
for name in docker buildx podman buildah buildctl; do
	build --with $name .
done
build --with=../bin/podman .
echo "--- words in front of the command"
build --with buildah --global --storage-driver --global=vfs .
echo "--- not to be found"
code build --with bulidah .
code build --with ./podman .
rm ../bin/podman
code build --with podman .
PATH=/nonexistent code "$JETTISON" build .
PATH= code "$JETTISON" build .
