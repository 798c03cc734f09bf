# SPDX-License-Identifier: Apache-2.0
# Readable, but nothing in it can be looked at.
files ctx/a ctx/d/x ctx/z
chmod 444 ctx/d
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code as_user "$JETTISON" list --scope context --builder $builder ctx
	echo "$builder" >&2
done
