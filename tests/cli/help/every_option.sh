# SPDX-License-Identifier: Apache-2.0
# Every option that the help shows is one that parses, and has an explanation.
files a
for command in list why plan pack manifest digest verify diff cache; do
	j $command -h | sed -n 's/^  \(-.\)\(, \|$\| \).*/\1/p; s/^  \(-., \|    \)\(--[a-z-]*\).*/\2/p' | sort -u >options
	while read -r option; do
		j $command $option 2>&1 </dev/null | grep 'unknown option'
	done <options
	wc -l <options
done
