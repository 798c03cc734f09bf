# SPDX-License-Identifier: Apache-2.0
# -f outside the context, relative to the current directory as docker does: its
# ignore file beside it is used.
files app/a app/b docker/prod.Dockerfile
echo a >docker/prod.Dockerfile.dockerignore
echo b >app/.dockerignore
j list -f docker/prod.Dockerfile app
echo classic
j list --builder classic -f docker/prod.Dockerfile app
echo in the context
cd app
j list -v -f ../docker/prod.Dockerfile 2>&1 | grep -v ' s$'
