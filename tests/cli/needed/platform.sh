# SPDX-License-Identifier: Apache-2.0
# The needs of several platforms are united.
files amd64/a arm64/b armv7/c windows/d
dockerfile 'FROM scratch' 'ARG TARGETOS TARGETARCH TARGETVARIANT' \
	'COPY ${TARGETARCH}${TARGETVARIANT} /'
for platform in linux/amd64 linux/arm64 linux/arm/v7 arm64 x86_64; do
	echo "--- $platform"
	jettison list --platform $platform
done
echo "--- two"
jettison list --platform linux/amd64 --platform linux/arm64
jettison list --platform linux/amd64,linux/arm64
jettison list --by --platform linux/arm64 --platform linux/amd64
jettison why --platform linux/amd64 --platform linux/arm64 arm64/b armv7/c
jettison plan --platform linux/amd64 --platform linux/arm64
echo "--- refused"
code jettison list --platform linux/s390x
code jettison list --platform linux/amd64 --platform linux/s390x
code jettison list --platform linux/amd64,linux/s390x --json
echo "--- at each of its steps"
dockerfile 'FROM scratch' 'ARG TARGETVARIANT' 'COPY ${TARGETVARIANT:?none}/.. /'
code jettison list --platform linux/arm/v7,linux/amd64
dockerfile 'ARG TARGETARCH' 'FROM --platform=${TARGETARCH#amd64} scratch'
code jettison list --platform linux/arm64,linux/amd64
dockerfile 'FROM scratch'
echo "--- no platform"
code jettison list --platform nonsense
code jettison list --platform linux/amd64,
code jettison list --json --platform a/b/c/d/e
