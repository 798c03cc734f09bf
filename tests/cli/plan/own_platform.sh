# SPDX-License-Identifier: Apache-2.0
# A stage's own platform, expanded; one by default is not shown.
files a
dockerfile 'FROM --platform=$BUILDPLATFORM golang:1 AS build' 'COPY a /' \
	'FROM --platform=linux/arm64 alpine:3' 'COPY --from=build /a /' 'FROM alpine:3' 'COPY a /'
jettison plan
