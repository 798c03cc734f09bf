# SPDX-License-Identifier: Apache-2.0
# Even when it is empty.
files Dockerfile a
echo a >.dockerignore
: >Dockerfile.dockerignore
j list
j list --builder classic
