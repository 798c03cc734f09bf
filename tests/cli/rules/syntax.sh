# SPDX-License-Identifier: Apache-2.0
# file:line:column and the rule, for every builder.
files a
printf '# comment\n\nfine\n  [a-\n' >.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	code j list --builder $builder
done
