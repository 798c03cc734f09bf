# SPDX-License-Identifier: Apache-2.0
# The classic daemon takes the Dockerfile out again, so it is left out; BuildKit
# simply does not ship it.
files Dockerfile .dockerignore a
rules Dockerfile .dockerignore
for builder in buildkit classic buildah; do
	echo "$builder"
	j list --builder $builder
	echo "left out"
	j list --ignored --builder $builder
done
