# SPDX-License-Identifier: Apache-2.0
# Bytes come through as they are, short and long.
long=$(printf '%0100d' 0)
files "ctx/$(printf '\377')" "ctx/$(printf '\377')$long" "ctx/$(printf '\303\251')" "ctx/$(printf '\303\251')$long" \
	"ctx/$(printf 'a\nb')" "ctx/$(printf 'a\nb')$long" 'ctx/a=b' ctx/-x 'ctx/ ' 'ctx/"'
find ctx -exec touch -h -d @1700000000 {} +
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar
mkdir out
tar --warning=no-unknown-keyword -xf ctx.tar -C out
(cd ctx && find . -type f -print0 | LC_ALL=C sort -z) >1
(cd out && find . -type f -print0 | LC_ALL=C sort -z) >2
cmp 1 2 && tr -dc '\0' <1 | wc -c
