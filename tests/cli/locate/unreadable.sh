# SPDX-License-Identifier: Apache-2.0
# BuildKit takes it for empty, and says nothing, so jettison does; the others stop.
files ctx/a
echo a >ctx/.dockerignore
chmod 000 ctx/.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code as_user "$JETTISON" list --scope context --builder $builder ctx
	echo "$builder" >&2
done
