# SPDX-License-Identifier: Apache-2.0
# BuildKit ships it with no content, the classic client stops; buildah would.
mkdir ctx
files ctx/a ctx/b
chmod 000 ctx/a
chmod 755 ctx
[ "$(id -u)" != 0 ] || chown -R 65534:65534 ctx
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code as_user "$JETTISON" list --scope context --builder $builder ctx
	echo "$builder" >&2
done
