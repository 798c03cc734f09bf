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
echo "--- other stages do not build: nothing is said of them"
dockerfile 'FROM x' 'COPY missing tests /' 'FROM y' 'COPY src /'
jettison why tests/t.sh secret.key
echo "--- one of them does not: of the others something is said"
dockerfile 'FROM x' 'COPY missing tests /' 'FROM y AS good' 'COPY tests /' \
	'FROM z AS worse' 'COPY gone docs /' 'FROM y' 'COPY src /'
jettison why tests/t.sh secret.key docs/a.md
jettison why missing gone
