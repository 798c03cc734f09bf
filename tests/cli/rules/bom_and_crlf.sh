# SPDX-License-Identifier: Apache-2.0
files a b c
printf '\357\273\277a\r\nb\r\n' >.dockerignore
for builder in buildkit classic buildah; do
	echo "$builder"
	j list --builder $builder
done
