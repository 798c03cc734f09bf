# SPDX-License-Identifier: Apache-2.0
# 100 bytes, prefix and name, and pax where neither fits; long targets too.
name() { printf "%0$1d" 0; }
files "ctx/$(name 99)" "ctx/$(name 100)" "ctx/$(name 101)" "ctx/$(name 255)" \
	"ctx/$(name 100)d/$(name 54)/$(name 100)" "ctx/$(name 100)d/$(name 55)/$(name 100)" \
	"ctx/$(name 100)e/$(name 101)" "ctx/$(name 99)g/" "ctx/$(name 98)h/"
ln -s "$(name 100)" ctx/l100
ln -s "$(name 101)" ctx/l101
ln -s "$(printf '\377%0120d' 0)" ctx/lodd
ln "ctx/$(name 101)" ctx/z
find ctx -exec touch -h -d @1700000000 {} +
j pack -o ctx.tar ctx
python3 "$CLI/pack/members.py" ctx.tar | sed 's/ 0000000000\(0*\)/ 0{10}\1/'
echo GNU tar
tar --warning=no-unknown-keyword -tf ctx.tar | awk '{ print length($0) }' | tr '\n' ' '
