# SPDX-License-Identifier: Apache-2.0
# Paths are relative to the context, however it is named.
files app/a app/b/c other
ln -s app link
printf 'b\n' >app/.dockerignore
for context in app app/ ./app app/b/.. "$PWD/app" link link/; do
	j list "$context"
done
