# SPDX-License-Identifier: Apache-2.0
# What stages take from elsewhere: images, named contexts, and what is misspelt.
files a lib/x
dockerfile 'FROM foo AS build' 'COPY a /' 'COPY --from=alpine:3 /etc /etc' 'COPY --from=lib /x /' \
	'FROM scratch AS web' 'COPY --from=buidl /a /' \
	"RUN --mount=from=img@sha256:$(printf %064d 7),target=/t x" 'COPY --from=scratch / /' \
	'FROM build AS other' 'FROM web' 'COPY --from=alpine:3 /etc /etc' 'COPY --from=other / /'
all() {
	jettison plan "$@"
	jettison plan --json "$@" | jq -c '.contexts, (.stages[] | [.base, .base_kind, .context, .from])'
	jettison plan --dot "$@" | grep -v '^  node\|^  rankdir'
}
echo "--- no contexts"
jettison plan | grep '^[0-9]\|from'
echo "--- directories"
all --build-context lib=lib --build-context foo=lib
echo "--- not local"
all --build-context foo=https://x/y.git --build-context other=docker-image://busybox \
	--build-context lib=oci-layout://x --build-context zz=docker-image://q
