# SPDX-License-Identifier: Apache-2.0
# -f: the one that the tar needs, with its own ignore file.
files ctx/sub/prod ctx/a ctx/b
printf 'sub\nb\n' >ctx/sub/prod.dockerignore
j pack -f ctx/sub/prod -o ctx.tar ctx
tar -tf ctx.tar
