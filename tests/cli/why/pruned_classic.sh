# SPDX-License-Identifier: Apache-2.0
# The classic client does not see through "**" in what brings back.
files b/x/c
rules b '!**/c'
for builder in buildkit classic classic-20.10 buildah; do
	j why --builder $builder b/x/c
done
