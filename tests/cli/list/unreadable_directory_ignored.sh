# SPDX-License-Identifier: Apache-2.0
# BuildKit never reads what it prunes; the classic client's look before stops.
files ctx/a ctx/d/x ctx/z
echo d >ctx/.dockerignore
chmod 000 ctx/d
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code as_user "$JETTISON" list --scope context --builder $builder ctx
	echo "$builder" >&2
done
echo "but descended into"
printf 'd\n!d/*\n' >ctx/.dockerignore
code as_user "$JETTISON" list --scope context ctx
