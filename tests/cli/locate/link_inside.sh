# SPDX-License-Identifier: Apache-2.0
# Followed inside the context.
files ctx/a ctx/b ctx/sub/rules
echo a >ctx/sub/rules
ln -s sub/rules ctx/.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	j list --builder $builder ctx | grep '^.$'
done
