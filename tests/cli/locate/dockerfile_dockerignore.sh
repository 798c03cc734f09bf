# SPDX-License-Identifier: Apache-2.0
# The one beside the Dockerfile counts alone, for BuildKit and buildah.
files Dockerfile a b c d
echo a >.dockerignore
echo b >Dockerfile.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	j list --builder $builder | grep '^.$' | tr '\n' ' '
	echo
done
