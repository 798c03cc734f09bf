# SPDX-License-Identifier: Apache-2.0
files a
ln -s nowhere .dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code j list --builder $builder
done
