# SPDX-License-Identifier: Apache-2.0
# The instructions of the stages that the target reaches, whatever surrounds them.
files a b
dockerfile '# syntax=docker/dockerfile:1' '# a comment' 'FROM scratch AS unused' 'COPY b /' '' \
	'FROM scratch AS base' 'ARG X=1' 'COPY a \' '  # not in it' '   /$X' 'RUN <<END' 'one  two' 'END' \
	'FROM base' 'ENV A="ü b"'
jettison digest --with-dockerfile --explain
jettison digest --with-dockerfile >../before
jettison digest >../without
sed -i -e 's/^COPY b/COPY   b/' -e 's/a comment/another/' Dockerfile
jettison digest --with-dockerfile | cmp ../before - && echo 'the same'
sed -i 's/one  two/one two/' Dockerfile
jettison digest --with-dockerfile | cmp -s ../before - || echo 'not the same'
jettison digest | cmp ../without - && echo 'the same without'
jettison digest --with-dockerfile --target unused --explain
dockerfile '# escape=`' 'FROM scratch' 'COPY a `' ' /'
jettison digest --with-dockerfile --explain
code jettison digest --with-dockerfile --scope context
