# SPDX-License-Identifier: Apache-2.0
# Standard input has no name, so nothing stands beside it.
files a b Dockerfile
echo a >.dockerignore
echo b >Dockerfile.dockerignore
printf 'FROM scratch\n' | j list -v -f - 2>&1 | grep -v ' s$'
code j list -f - <&-
