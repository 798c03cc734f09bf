# SPDX-License-Identifier: Apache-2.0
# Left out by the rules and no file: it would have to be read.
files ctx/Dockerfile/x
echo Dockerfile >ctx/.dockerignore
code j pack -o ctx.tar ctx
rm -r ctx/Dockerfile
mkfifo ctx/Dockerfile
code j pack -o ctx.tar ctx
ls
