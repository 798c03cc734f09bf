# SPDX-License-Identifier: Apache-2.0
# Never for docker; for buildah before .dockerignore.
files a b c
echo a >.containerignore
echo b >.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	j list --builder $builder | grep '^.$'
done
