# SPDX-License-Identifier: Apache-2.0
# A directory of that name: absent for BuildKit, an error for the others.
files a .dockerignore/x
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code j list --builder $builder
	echo "$builder" >&2
done
