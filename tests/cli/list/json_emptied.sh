# SPDX-License-Identifier: Apache-2.0
# BuildKit ships a file with no content when its two ways of asking differ: the
# size is that of what ships.
files a/b
rules a '!a/b' a .dockerignore
dated a/b
j list --json
for builder in classic classic-20.10 buildah; do
	echo "$builder"
	j list --json --builder $builder
done
