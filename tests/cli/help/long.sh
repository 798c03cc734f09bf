# SPDX-License-Identifier: Apache-2.0
# --help is longer: text and examples; "help" and "help CMD" are the same.
for command in list why pack manifest; do
	j $command --help >long
	j $command -h >short
	[ "$(wc -l <long)" -gt "$(wc -l <short)" ] && grep -c '^examples$' long
	j help $command | cmp - long
	grep -c '^examples$' short
done
j --help >long
j help | cmp - long
j help help | cmp - long
j help --help | cmp - long
grep -e '^usage' -e '^commands' -e '^examples' -e '^Exit' long
