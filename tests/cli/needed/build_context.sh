# SPDX-License-Identifier: Apache-2.0
# A named context is another tree with its own ignore file; nothing of it is listed.
mkdir ctx other
(cd other && files sub/a left.log && rules '*.log')
cd ctx
files app/x left.log
rules app
dockerfile 'FROM scratch' 'COPY --from=other sub/a /' 'COPY left.log /'
code jettison list --build-context other=../other
echo "--- of a name given twice the last one counts"
code jettison list --build-context other=../nowhere --build-context other=../other
jettison plan --build-context docker.io/library/other:latest=../nowhere --build-context other=../other |
	grep context
echo "--- no name of an image"
code jettison list --build-context OTHER=../other
echo "--- no named contexts"
code jettison list --builder classic --build-context other=../other
code jettison list --builder classic-20.10 --build-context x=docker-image://y
code jettison list --builder buildah --build-context other=../other
echo "--- an image, without the option"
code jettison list
echo "--- left out by its own rules, not by those of the context"
dockerfile 'FROM scratch' 'COPY --from=other left.log /'
code jettison list --build-context other=../other
code jettison list --json --build-context other=../other
echo "--- not there"
dockerfile 'FROM scratch' 'COPY --from=other sub/b /'
code jettison list --build-context other=../other
code jettison list --build-context other=../nowhere
echo "--- not read, but looked for by BuildKit"
dockerfile 'FROM scratch' 'COPY left.log /'
code jettison list --build-context other=../nowhere
code jettison list --builder buildah --build-context other=../nowhere
echo "--- a bind mount"
dockerfile 'FROM x' 'RUN --mount=from=other,source=sub,target=/x true'
code jettison list --build-context other=../other
echo "--- no directory"
dockerfile 'FROM x' 'COPY --from=other a /'
code jettison list --build-context other=docker-image://alpine
code jettison list --build-context other=https://example.com/a.git
