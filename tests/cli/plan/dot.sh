# SPDX-License-Identifier: Apache-2.0
# Taken by dot where it is installed; elsewhere by its shape: every line inside is
# a node, an edge or an attribute.
check() {
	tee ../plan.dot
	if command -v dot >/dev/null; then
		dot -Tsvg ../plan.dot >../plan.svg || echo "dot refuses it"
	else
		name='[a-z0-9]+' label='label="([^"\\]|\\.)*"'
		sed '1d;$d' ../plan.dot | grep -v -E \
			"^  ($name|$name -> $name) \\[($label|$name=$name|, )*\\];\$|^  rankdir=LR;\$"
		:
	fi
}
project
jettison plan --dot | check
echo "--- odd names"
dockerfile 'FROM base' 'COPY $D /'
jettison plan --dot --build-context 'base=docker-image://a"b\c' | check
