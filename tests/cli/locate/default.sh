# SPDX-License-Identifier: Apache-2.0
# CONTEXT/.dockerignore, for every builder.
files app/a app/b
echo a >app/.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	j list -v --builder $builder app 2>&1 | grep -v ' s$'
done
