# SPDX-License-Identifier: Apache-2.0
# Builders do without the end of an archive: one that cannot be completed on a pipe ends
# where content is announced.
mkdir ctx
truncate -s 300000 ctx/a
files ctx/b
chmod 000 ctx/b
chmod 755 ctx
for builder in classic buildah; do
	{ as_user "$JETTISON" pack --scope context --builder $builder ctx; echo "exit $?" >&2; } 2>err | cat >ctx.tar
	cat err
	[ -s ctx.tar ] || continue
	tar -tf ctx.tar 2>&1
	bsdtar -tf ctx.tar 2>&1
done
