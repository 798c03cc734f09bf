# SPDX-License-Identifier: Apache-2.0
files ctx/a/b
printf 'a\n!a/b\na\n.dockerignore\n' >ctx/.dockerignore
find ctx -exec touch -h -d @1700000000 {} +
for builder in buildkit classic buildah; do
	j pack --builder $builder -o ctx.tar ctx
	python3 "$CLI/pack/members.py" ctx.tar
done
