# SPDX-License-Identifier: Apache-2.0
# BuildKit ships the ignored parents of what is kept; with the others they are no
# entries: whoever unpacks makes them.
files a/b/c a/x
rules a '!a/b/c'
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	j list --dirs --builder $builder
done
