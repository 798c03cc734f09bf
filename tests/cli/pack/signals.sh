# SPDX-License-Identifier: Apache-2.0
# In the middle of writing: the half file is removed, the old one stays.
mkdir ctx out
truncate -s 1T ctx/big
echo old >out/ctx.tar
for signal in SIGINT SIGTERM SIGHUP SIGQUIT; do
	python3 "$CLI/pack/interrupt.py" $signal out "$JETTISON" pack --scope context -o out/ctx.tar ctx
	python3 "$CLI/pack/interrupt.py" $signal out "$JETTISON" manifest --scope context -o out/new ctx
	ls out
done
cat out/ctx.tar
