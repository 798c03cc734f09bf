# SPDX-License-Identifier: Apache-2.0
# RUN: bind mounts without from= read the context; other types do not.
files a docs/b
needed 'FROM x' 'RUN --mount=type=bind,source=docs,target=/x true'
needed 'FROM x' 'RUN --mount=source=a,target=/x --mount=src=docs,dst=/y true'
needed 'FROM x' 'RUN --mount=target=/x true'
needed 'FROM x AS s' 'FROM y' 'RUN --mount=from=s,source=a,target=/x true'
needed 'FROM x' 'RUN --mount=type=cache,target=/x --mount=type=secret,id=a --mount=type=ssh true'
needed 'FROM x' 'RUN --mount=type=tmpfs,target=/x true'
needed 'FROM x' 'ARG D=docs' 'WORKDIR /w' 'RUN --mount=source=$D,target=. true'
needed 'FROM golang' 'RUN --mount=target=.,source=a x'
needed 'FROM golang' 'WORKDIR app' 'RUN --mount=target=..,source=a x'
needed 'FROM busybox' 'RUN --mount=target=.,source=a x'
