# SPDX-License-Identifier: Apache-2.0
# 200 instructions that read the same, and 300 stages.
files docs/a.md
{
	echo 'FROM x'
	i=0
	while [ $i -lt 200 ]; do
		echo "COPY docs /d$i"
		i=$((i + 1))
	done
} >Dockerfile
jettison list
jettison list --by | wc -l
jettison list --by | tail -n 1
jettison list --json | jq -c '.by | [length, .[0], .[199]]'
jettison why docs/a.md
jettison why --json docs/a.md | jq '.readers | length'
jettison plan | wc -l
jettison plan --json | jq '.stages[0].reads | length'
{
	echo 'FROM x AS s0'
	i=0
	while [ $i -lt 300 ]; do
		echo "FROM s$i AS s$((i + 1))"
		i=$((i + 1))
	done
	echo 'COPY docs /'
} >Dockerfile
jettison list --by
jettison list --target s17
