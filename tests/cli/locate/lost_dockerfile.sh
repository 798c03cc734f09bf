# SPDX-License-Identifier: Apache-2.0
# Docker 20.10's rules look at one parent only when they rescue the Dockerfile, so
# the classic client may lose it.
files x/y/z/D a
rules '**/z'
for builder in buildkit classic buildah; do
	echo "$builder"
	code j list --builder $builder -f x/y/z/D
done
code j list --builder classic --json -f x/y/z/D
