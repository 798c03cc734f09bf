# SPDX-License-Identifier: Apache-2.0
# Both lists together are the whole tree, for every builder.
files a/1 a/b/2 a/b/3 keep n/x/y n/x/z n/k deep/a/b/c 'odd [name'
mkfifo pipe
rules a '!a/b/2' n '!n/x/*' '*/a/*' '!**/c' 'odd*'
j list --scope tree | sort >../tree
for builder in buildkit classic classic-20.10 buildah; do
	j list --builder $builder >../kept
	j list --builder $builder --ignored >../left
	sort ../kept ../left | cmp - ../tree && echo "$builder: whole"
done
