# SPDX-License-Identifier: Apache-2.0
# What the other builders do differently with the same Dockerfile.
files docs/a.md web/b
each() {
	dockerfile "$@"
	echo "--- $*"
	for builder in buildkit classic classic-20.10 buildah; do
		echo "$builder: $(jettison list --builder $builder 2>&1 | tr '\n' ' ')"
	done
}
each 'FROM x' 'COPY ../docs /'
each 'FROM x' 'COPY nothing* /'
each 'FROM x' 'ENV D=docs' 'ARG D=web' 'COPY $D /'
each 'FROM x AS a' 'ARG D=web' 'FROM a' 'COPY $D/b /'
each 'FROM x AS a' 'COPY missing /' 'FROM y' 'COPY docs /'
each 'FROM x AS a' 'COPY web /' 'FROM y' 'COPY docs /'
each 'FROM x AS a' 'ONBUILD COPY web /' 'FROM a' 'COPY docs /'
each 'FROM x' 'ARG A=xdocs' 'COPY ${A#x} /'
each 'FROM x' 'ARG TARGETARCH' 'COPY web/b${TARGETARCH:+x} /'
