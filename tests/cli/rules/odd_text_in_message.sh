# SPDX-License-Identifier: Apache-2.0
# A rule in a message is one line, whatever it holds.
files a
printf 'x\033[31m[\001\n' >.dockerignore
code j list --builder classic
