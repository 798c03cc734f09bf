# SPDX-License-Identifier: Apache-2.0
# buildah takes a name that a pattern matched for a pattern again.
files '[v].txt' 'd/[v].txt' v.txt
dockerfile 'FROM scratch' 'COPY [[]v].txt /x/'
code jettison list --builder buildah
rm v.txt
code jettison list --builder buildah
dockerfile 'FROM scratch' 'COPY d /x/'
code jettison list --builder buildah
