# SPDX-License-Identifier: Apache-2.0
# BuildKit takes a source for a pattern when it asks for files; then the file is
# there and still not found, and the message says why.
files '!bang' 'c^d' ' outer' plain
needed 'FROM scratch' 'COPY !bang /'
needed 'FROM scratch' 'COPY [" outer", "/"]'
needed 'FROM scratch' 'COPY !bang plain / /'
dockerfile 'FROM scratch' 'COPY !bang /'
jettison list --builder classic
