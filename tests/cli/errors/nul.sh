# SPDX-License-Identifier: Apache-2.0
# A NUL byte in a source: no name holds one, and what is before it is no name.
files a w/one
dated a w/one
each() {
	printf 'FROM x\n%b\n' "$1" >Dockerfile
	code jettison list --json
}
each 'COPY a\0b /x'
each 'COPY a\0 /x'
each 'COPY w/o\0* /x'
each 'COPY ["\\u0000a", "/x"]'
each 'RUN --mount=source=a\0b,target=/t x'
each 'COPY --parents w\0/one /x'
each 'COPY a\0b/../a /x'
echo "--- elsewhere it does no harm"
each 'ENV A=a\0b\nLABEL x=$A\nCOPY a /x\0y\nRUN echo \0'
