# SPDX-License-Identifier: Apache-2.0
files ctx/a ctx/d/x
chmod 000 ctx/d
mkdir -m 777 out
echo old >out/m
chmod 666 out/m
code as_user "$JETTISON" manifest --scope context -o out/m ctx
cat out/m
ls out
