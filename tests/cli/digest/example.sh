# SPDX-License-Identifier: Apache-2.0
# What docs/SEMANTICS.md shows is true, and can be recomputed by xxhsum.
dockerfile 'FROM scratch' 'COPY src /'
mkdir src
printf 'int main(void) { return 0; }\n' >src/main.c
printf '#!/bin/sh\n' >'src/run it'
chmod 755 'src/run it'
ln -s main.c src/link
ln src/main.c src/same.c
sed -n '/^\$ jettison digest --explain/,/^```/p' "$CLI/../../docs/SEMANTICS.md" | sed '$d' >../documented
{
	echo '$ jettison digest --explain'
	jettison digest --explain
	echo '$ jettison digest'
	jettison digest
} >../said
diff ../documented ../said && cat ../said
jettison digest --explain | xxhsum -H2 2>/dev/null | cut -d' ' -f1
bytes=$(jettison digest --explain | wc -c)
grep -o "the $bytes bytes from" "$CLI/../../docs/SEMANTICS.md"
