# SPDX-License-Identifier: Apache-2.0
# Where no archive gives the same image a directory is made, and removed.
. "$CLI/build/fake"
fake docker
fake buildah
files a b
rules Dockerfile .dockerignore
dockerfile 'FROM scratch' 'COPY . /'
build -t app .
ls "$TMPDIR"
echo "--- nobody else can look into it"
cat >../bin/docker <<'END'
#!/bin/sh
case $1 in
--version) ;;
*) for last; do :; done && ls -ld "$last/.." | cut -c1-10 && stat -c %Y "$last/a" ;;
esac
END
dated a
ln -s "$(command -v stat)" "$(command -v cut)" ../tools
DOCKER_BUILDKIT=1 build .
ls "$TMPDIR"
fake docker
echo "--- classic and buildah can hide it"
build --builder classic .
build --with buildah .
echo "--- from standard input"
build -f - . <Dockerfile
CODE=9 code build -f - . <Dockerfile
ls "$TMPDIR"
echo "--- rules from elsewhere"
echo b >../rules
build --ignore-file ../rules .
rules b
code build --ignore-file ../rules --scope context .
echo Dockerfile >>../rules
code build --ignore-file ../rules .
build --with buildah --ignore-file ../rules .
build --with buildah --ignorefile ../rules .
echo "--- which the builder would not find"
files Dockerfile.dockerignore
code build --ignore-file ../rules .
build --with buildah --ignore-file ../rules .
rm Dockerfile.dockerignore
echo "--- no place for it"
rules Dockerfile .dockerignore
TMPDIR=/nonexistent code build .
