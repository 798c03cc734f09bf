# SPDX-License-Identifier: Apache-2.0
# A rule that does not compile is found when it is asked; the builders differ.
files a b/c
rules nothing '![b-a]'
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	code j list --builder $builder
	echo "$builder" >&2
done
rules '[b-a]'
echo asked
code j list
code j why a
