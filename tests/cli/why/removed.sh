# SPDX-License-Identifier: Apache-2.0
# What the classic daemon takes out again.
files Dockerfile a
rules Dockerfile
for builder in buildkit classic classic-20.10 buildah; do
	j why --builder $builder Dockerfile
done
j why --builder classic --json Dockerfile
