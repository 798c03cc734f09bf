# SPDX-License-Identifier: Apache-2.0
# A tar needs the Dockerfile inside: added in front where the rules leave it out,
# and hidden again where the builder reads an ignore file in a tar.
files ctx/Dockerfile ctx/a
printf 'Dockerfile\n.dockerignore\n' >ctx/.dockerignore
find ctx -exec touch -h -d @1700000000 {} +
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	j pack --builder $builder -o ctx.tar ctx
	python3 "$CLI/pack/members.py" ctx.tar
	echo "$builder" >&2
done
echo quiet
j pack -q ctx | tar -t
