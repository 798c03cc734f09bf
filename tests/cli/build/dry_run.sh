# SPDX-License-Identifier: Apache-2.0
# The command as a shell reads it, and nothing is run or made.
. "$CLI/build/fake"
fake docker
app
build --dry-run -t "it's" --label 'a b' --label= --build-arg 'X=$HOME' .
eval "$(build --dry-run -t "it's" --label 'a b' --label= --build-arg 'X=$HOME' . | sed "s:docker:PATH=$bin\:$tools &:")" </dev/null 2>/dev/null
rules Dockerfile
dockerfile 'FROM scratch' 'COPY . /'
build --dry-run .
DOCKER_BUILDKIT=1 build --dry-run -q .
ls "$TMPDIR"
