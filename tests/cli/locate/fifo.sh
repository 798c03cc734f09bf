# SPDX-License-Identifier: Apache-2.0
# An ignore file that would keep us waiting.
files a
mkfifo .dockerignore
for builder in buildkit classic buildah; do
	echo "$builder"
	code j list --builder $builder
	echo "$builder" >&2
done
