# SPDX-License-Identifier: Apache-2.0
# BuildKit packs an empty file, as it would ship it; the others stop.
files ctx/a ctx/b
find ctx -exec touch -h -d @1700000000 {} +
chmod 000 ctx/a
mkdir -m 777 out
for builder in buildkit classic buildah; do
	code as_user "$JETTISON" pack --scope context --builder $builder -o out/$builder.tar ctx
done
ls out
python3 "$CLI/pack/members.py" out/buildkit.tar
