# SPDX-License-Identifier: Apache-2.0
# "dockerfile" is found where "Dockerfile" is not.
files a b dockerfile
echo a >dockerfile.dockerignore
j list -v 2>&1 | grep -v ' s$'
