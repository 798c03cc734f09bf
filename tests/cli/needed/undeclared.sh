# SPDX-License-Identifier: Apache-2.0
# --build-arg that no ARG declares does nothing, which a note says.
files a
dockerfile 'ARG BASE=x' 'FROM x AS unused' 'ARG VERSION' 'ONBUILD ARG HOOK=1 LAST' 'FROM $BASE' 'COPY a /'
code jettison list --build-arg VERSOIN=1 --build-arg A=b --build-arg NAMES=
echo "--- once"
code jettison list --build-arg A=b --build-arg A=c
echo "--- declared somewhere, or known to all builders"
code jettison list --build-arg VERSION=1 --build-arg BASE=y --build-arg HOOK=2 --build-arg LAST=2 \
	--build-arg HTTP_PROXY=p --build-arg TARGETARCH=q --build-arg BUILDKIT_INLINE_CACHE=1 \
	--build-arg SOURCE_DATE_EPOCH=1
echo "--- quiet, and where the environment has it not"
code jettison list -q --build-arg A=b
code jettison list --build-arg NOT_SET_ANYWHERE
