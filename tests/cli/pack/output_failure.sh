# SPDX-License-Identifier: Apache-2.0
# A failure leaves the old file as it was, and no half one.
files ctx/a ctx/d/x
chmod 000 ctx/d
mkdir out
chmod 777 out
echo old >out/ctx.tar
chmod 666 out/ctx.tar
code as_user "$JETTISON" pack --scope context -o out/ctx.tar ctx
cat out/ctx.tar
code as_user "$JETTISON" pack --scope context -o out/new.tar ctx
ls out
