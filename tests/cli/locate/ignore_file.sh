# SPDX-License-Identifier: Apache-2.0
# --ignore-file takes the place of what would be found, also beside the Dockerfile.
files ctx/a ctx/b ctx/c ctx/Dockerfile
echo a >ctx/.dockerignore
echo b >ctx/Dockerfile.dockerignore
echo c >other
for builder in buildkit classic classic-20.10 buildah; do
	j list --builder $builder --ignore-file other ctx | grep '^.$' | tr '\n' ' '
	echo
done
: >none
j list --ignore-file=none ctx
