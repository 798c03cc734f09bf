# SPDX-License-Identifier: Apache-2.0
# Stages that are not there, come too late or go round in a circle.
files a
refused 'FROM x AS a' 'COPY --from=b /x /' 'FROM a AS b' 'COPY --from=a / /'
refused 'FROM x AS a' 'COPY --from=a /x /'
refused 'FROM x' 'COPY --from=5 /x /'
dockerfile 'FROM x AS early' 'COPY --from=late /x /' 'FROM y AS late'
code jettison list --target early
code jettison list --json --target early
code jettison list --target erly
code jettison list --json --target erly
refused 'FROM BUSY:::'
refused 'ARG T' 'FROM busybox:$T AS b' 'FROM x'
refused 'FROM x' 'COPY --from=a@sha256:aa /a /'
