# SPDX-License-Identifier: Apache-2.0
files ctx/a
chmod 000 ctx/a
dated ctx/a
for builder in buildkit classic buildah; do
	code as_user "$JETTISON" manifest --scope context --builder $builder ctx
	echo "$builder" >&2
done
