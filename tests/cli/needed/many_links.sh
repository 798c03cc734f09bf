# SPDX-License-Identifier: Apache-2.0
# A chain of 254 links is followed, one of 256 is a loop, and the line says whose.
i=0
files l0
while [ $i -lt 256 ]; do
	ln -s l$i l$((i + 1))
	i=$((i + 1))
done
needed 'FROM scratch' 'COPY l254 /' | wc -l
refused 'FROM scratch' 'COPY l0 /' 'COPY l1 l256 /'
refused 'FROM scratch' 'COPY l*6 /'
needed 'FROM scratch' 'COPY l0 /' 'RUN --mount=source=l256,target=/t x'
dockerfile 'FROM scratch' 'COPY l256 /'
jettison list --builder buildah
