# SPDX-License-Identifier: Apache-2.0
# 64 MiB in one line.
files ctx/a
truncate -s 67108864 ctx/.dockerignore
for builder in buildkit classic classic-20.10; do
	code j list --builder $builder ctx
done
