# SPDX-License-Identifier: Apache-2.0
# A named context is another tree with its own ignore file; nothing of it is listed.
mkdir ctx other
(cd other && files sub/a left.log && rules '*.log')
cd ctx
files app/x left.log
rules app
dockerfile 'FROM scratch' 'COPY --from=other sub/a /' 'COPY left.log /'
code jettison list --build-context other=../other
code jettison list --build-context OTHER=../other
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
echo "--- not read, so not looked for"
dockerfile 'FROM scratch' 'COPY left.log /'
code jettison list --build-context other=../nowhere
echo "--- a bind mount"
dockerfile 'FROM x' 'RUN --mount=from=other,source=sub,target=/x true'
code jettison list --build-context other=../other
echo "--- no directory"
dockerfile 'FROM x' 'COPY --from=other a /'
code jettison list --build-context other=docker-image://alpine
code jettison list --build-context other=https://example.com/a.git
