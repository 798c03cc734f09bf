# SPDX-License-Identifier: Apache-2.0
# Several platforms are one plan: bases and what is needed are told apart where they
# differ, readers stand in the order of the file.
files a/amd a/arm c d amd64 arm64
dockerfile 'FROM scratch AS build-amd64' 'COPY a/amd /' 'FROM scratch AS build-arm64' \
	'COPY --from=c / /' 'COPY a/arm /' 'FROM build-$TARGETARCH AS b' 'COPY c /' \
	'FROM alpine:$TARGETARCH' 'COPY --from=b / /' 'ARG TARGETARCH' 'COPY $TARGETARCH /z' \
	'COPY $V/d /'
both() {
	jettison "$@" --platform linux/arm64,linux/amd64
}
both plan
both plan --json | jq -c '.unset, (.stages[] | del(.reads))'
both plan --dot | grep -v '^  node\|^  rankdir'
both list -q --by
both list -q --json | jq -c '[.path, .by]'
echo "--- all the same: nothing is told apart"
both plan --target build-arm64 --json | jq -c '.stages[1] | del(.reads)'
