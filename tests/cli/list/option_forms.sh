# SPDX-License-Identifier: Apache-2.0
# -xyz, -oVALUE, -o VALUE, --name=VALUE, --name VALUE, before and behind.
files a d/b
rules a
j list --dirs -l0 . | tr '\0' '\n' | tail -n 1 | tr -d 0-9
j list -fDockerfile.none
j list -f a --dirs
j list --file=a --dirs --ignored
j list . --dirs --builder=classic
