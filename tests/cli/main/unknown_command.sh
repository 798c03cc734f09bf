# SPDX-License-Identifier: Apache-2.0
# The nearest is suggested, nothing where none is near.
for word in lits lst Why pcak manifst pack2 digset xyzzy '' 'averyveryveryveryveryverylongwordindeedthatnobodymeans' 'a
b'; do
	code j "$word"
done
