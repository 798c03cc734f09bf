# SPDX-License-Identifier: Apache-2.0
# buildah takes the Containerfile first.
files a b
printf '%s\n' 'FROM x' 'COPY b /' >Containerfile
dockerfile 'FROM x' 'COPY a /'
jettison list --by
jettison list --by --builder buildah
rm Dockerfile
code jettison list
