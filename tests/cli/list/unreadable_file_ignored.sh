# SPDX-License-Identifier: Apache-2.0
# One that is left out is nobody's business.
mkdir ctx
files ctx/a ctx/b
echo a >ctx/.dockerignore
chmod 000 ctx/a
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code as_user "$JETTISON" list --scope context --builder $builder ctx
done
