# SPDX-License-Identifier: Apache-2.0
files a
printf 'a\n!\n' >.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	code j list --builder $builder
done
printf 'a\n!  \n' >.dockerignore
code j list
