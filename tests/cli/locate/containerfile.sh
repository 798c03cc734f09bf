# SPDX-License-Identifier: Apache-2.0
# buildah looks for Containerfile first, the others never.
files Containerfile Dockerfile a b c
echo a >Containerfile.dockerignore
echo b >Dockerfile.dockerignore
echo c >.dockerignore
for builder in buildkit classic buildah; do
	j list -v --builder $builder 2>&1 | grep -e : -e '^.$'
done | grep -v ' s$'
