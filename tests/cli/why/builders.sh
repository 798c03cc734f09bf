# SPDX-License-Identifier: Apache-2.0
files a/b
rules a/b '!a'
for builder in buildkit classic classic-20.10 buildah; do
	j why --builder $builder a/b
done
