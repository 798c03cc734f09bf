# SPDX-License-Identifier: Apache-2.0
# Out of the context: absent for BuildKit, silently; the classic client follows it.
files ctx/a ctx/b
echo a >rules
ln -s ../rules ctx/.dockerignore
for builder in buildkit classic classic-20.10; do
	echo "$builder"
	j list --builder $builder ctx
done
