# SPDX-License-Identifier: Apache-2.0
# A NUL byte cannot be in a name, so such a rule matches nothing; BuildKit cannot
# even send it.
files a b
printf 'b\na\0b\n\0\n' >.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code j list --builder $builder
	echo "$builder" >&2
done
code j why -v a b --builder classic
