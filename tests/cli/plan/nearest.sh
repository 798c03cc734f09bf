# SPDX-License-Identifier: Apache-2.0
# An image whose name is nearly that of an earlier stage may have been meant to be it.
plan() {
	dockerfile "$@"
	echo "--- $*"
	jettison plan | grep '^[0-9]\|^  :'
	jettison plan --json | grep -o '"nearest":"[^"]*"'
	return 0
}
plan 'FROM x AS build' 'FROM biuld'
plan 'FROM x AS build' 'FROM y' 'COPY --from=biuld /a /b'
echo "=== not a later one, not one with a tag, not where the image is meant"
plan 'FROM biuld' 'FROM x AS build'
plan 'FROM x AS build' 'FROM biuld:1'
plan 'FROM code AS code1' 'FROM code'
plan 'FROM x AS code' 'FROM node'
plan 'FROM x AS abc' 'FROM abd'
plan 'FROM x AS build' 'FROM build'
