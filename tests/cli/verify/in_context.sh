# SPDX-License-Identifier: Apache-2.0
# A manifest in the context cannot list itself and is no difference, in any scope, read by
# name or from standard input, written once or twice, alone or beside an archive.
built_in archive
dockerfile 'FROM scratch' 'COPY . /'
files a d/b
for scope in needed context tree; do
	for run in first second; do
		jettison manifest -q --scope $scope -o ctx.ndjson
		grep -c ctx.ndjson ctx.ndjson
		code jettison verify --scope $scope ctx.ndjson
		code jettison verify -q --scope $scope - <ctx.ndjson
	done
	rm ctx.ndjson
done
jettison pack -q -o ../ctx.tar --manifest d/ctx.csv --manifest-format csv
code jettison verify -q d/ctx.csv
code jettison diff -q . d/ctx.csv
rm d/ctx.csv
jettison pack -q -o ctx.tar
code jettison diff ctx.tar .
code jettison diff . ctx.tar
# Another one is something new; one that lists itself is taken at its word.
cp ctx.tar other
code jettison diff -q ctx.tar .
rm ctx.tar other
files list
sha256sum Dockerfile a d/b list >../list
cp ../list list
code jettison verify list
