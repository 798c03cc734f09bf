# SPDX-License-Identifier: Apache-2.0
# BuildKit sends rules as JSON, which makes U+FFFD of a bad byte: the rule no
# longer matches the name.
files "$(printf 'q\377')" a
printf 'q\377\n.dockerignore\n' >.dockerignore
for builder in buildkit classic; do
	echo "$builder"
	j list -0 --builder $builder | od -An -c
done
