# SPDX-License-Identifier: Apache-2.0
# It would ship, but nobody reads it: whether another stage would.
project
jettison why tests/t.sh tests secret.key Dockerfile .dockerignore
jettison why --target test tests/t.sh web/index.js secret.key
jettison why --json tests/t.sh secret.key
echo "--- left out and missing come first"
jettison why debug.log nothing
echo "--- a stage without a name"
dockerfile 'FROM x' 'COPY tests /' 'FROM y' 'COPY src /'
jettison why tests/t.sh
jettison why --json tests/t.sh
echo "--- another stage does not build: its other source is there"
dockerfile 'FROM x' 'COPY missing tests /' 'FROM y' 'COPY src /'
jettison why tests/t.sh secret.key
echo "--- two of them do not"
dockerfile 'FROM x' 'COPY missing tests /' 'FROM y AS good' 'COPY tests /' \
	'FROM z AS worse' 'COPY gone docs /' 'FROM y' 'COPY src /'
jettison why tests/t.sh secret.key docs/a.md
jettison why missing gone
echo "--- a source that is there counts beside one that is not"
dockerfile 'FROM x AS one' 'COPY tests /' 'COPY gone /' 'COPY none docs worse /' 'COPY secret.key /' \
	'FROM y' 'COPY src /'
jettison why tests/t.sh docs/a.md secret.key web/index.js gone none worse
jettison why --json web/index.js
echo "--- what leads to nothing is not read"
ln -s nowhere dangling
dockerfile 'FROM x AS one' 'COPY dangling /' 'FROM y' 'COPY src /'
jettison why dangling
echo "--- a stage with a mistake cannot be asked"
dockerfile 'FROM x AS one' 'COPY tests /' 'FROM x AS two' 'COPY --chmod=$ docs /' 'FROM y' 'COPY src /'
jettison why tests/t.sh docs/a.md
jettison why --json docs/a.md
echo "--- more stages than are asked one by one"
{
	printf 'FROM x AS bad\nCOPY --chmod=$ docs /\n'
	for i in $(seq 70); do printf 'FROM x AS s%s\nCOPY gone /\n' "$i"; done
	printf 'COPY tests /\nFROM y\nCOPY src /\n'
} >Dockerfile
jettison why tests/t.sh
echo "--- more failures than are looked into"
{
	echo 'FROM x AS one'
	for i in $(seq 300); do echo 'COPY gone /'; done
	printf 'COPY tests /\nFROM y\nCOPY src /\n'
} >Dockerfile
jettison why tests/t.sh
