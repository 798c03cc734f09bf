# SPDX-License-Identifier: Apache-2.0
# COLUMNS=60: no line is longer; the pages are never wider than 80.
for columns in 60 70 200 x 0 ''; do
	for page in '-h' '--help' 'list -h' 'why -h' 'pack -h' 'manifest -h' \
		'list --help' 'why --help' 'pack --help' 'manifest --help' 'digest -h' 'digest --help' 'verify -h' 'verify --help' 'diff -h' 'diff --help' 'cache -h' 'cache --help'; do
		COLUMNS=$columns "$JETTISON" $page
	done | awk -v columns="$columns" 'length($0) > w { w = length($0) } END { print columns ": " w }'
done
COLUMNS=20 "$JETTISON" -h
