# SPDX-License-Identifier: Apache-2.0
files ctx/a
mkdir out
echo old >out/old.tar
chmod 666 out/old.tar
chmod 555 out
code as_user "$JETTISON" pack --scope context -o out/ctx.tar ctx
code as_user "$JETTISON" pack --scope context -o out/old.tar ctx
cat out/old.tar
