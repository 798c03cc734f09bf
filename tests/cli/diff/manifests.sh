# SPDX-License-Identifier: Apache-2.0
# Manifests, contexts and archives in any combination say the same.
built_in archive
mkdir one two
(cd one && files a b/c same && ln -s a l && dated a b/c same)
(cd two && files a b/d same && ln -s b l && printf 12345 >a && dated a b/d same)
for tree in one two; do
	j manifest $tree >../$tree.ndjson
	j manifest --format mtree $tree >../$tree.mtree
	j pack -q -o ../$tree.tar $tree
done
code j diff one two
for a in one ../one.ndjson ../one.mtree ../one.tar; do
	for b in two ../two.ndjson ../two.mtree ../two.tar; do
		j diff $a $b
	done
done | sort | uniq -c | sed 's/^ *//'
code j diff ../two.tar two
j pack -q two | code j diff ../one.ndjson - | tail -n 1
code j diff ../one.ndjson ../one.mtree
