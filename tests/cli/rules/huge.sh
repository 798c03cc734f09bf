# SPDX-License-Identifier: Apache-2.0
# 64 MiB is what we read, one byte more is no ignore file.
files ctx/a
truncate -s 67108865 ctx/.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	code j list --builder $builder ctx
done
