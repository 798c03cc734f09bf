# SPDX-License-Identifier: Apache-2.0
# buildah: <Containerfile>.containerignore, after <Containerfile>.dockerignore.
files Containerfile a b c
echo a >Containerfile.containerignore
echo b >.containerignore
j list --builder buildah | grep '^.$'
echo c >Containerfile.dockerignore
j list --builder buildah | grep '^.$'
