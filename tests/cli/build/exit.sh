# SPDX-License-Identifier: Apache-2.0
# The builder's exit code is ours.
. "$CLI/build/fake"
fake docker
app
for CODE in 0 1 2 125; do
	export CODE
	code build .
done
script() {
	printf '%s\n' '#!/bin/sh' 'case $1 in --version) exit;; esac' "$@" >../bin/docker
}
export DOCKER_BUILDKIT=1
echo "--- it wants nothing of the archive"
truncate -s 8M src/large
script 'exec <&-' 'echo read nothing' 'exit 3'
code build .
script 'exit 0'
code build .
script 'head -c 1000 >/dev/null' 'exec <&-' 'sleep 0.2' 'exit 4'
code build .
echo "--- it is killed"
script 'kill -KILL $$'
code build .
script 'kill -PIPE $$'
code build .
echo "--- no program"
echo '#!/nonexistent' >../bin/buildah
chmod +x ../bin/buildah
code build --with buildah . 2>&1 | sed "s:$bin/::"
fake docker
unset CODE
VERSION= code build --dry-run .
printf '#!/bin/sh\nexit 1\n' >../bin/docker
code build . 2>&1 | sed "s:$bin/::"
