# SPDX-License-Identifier: Apache-2.0
# What is left out instead, with all that is below a left out directory.
files a/1 a/b/2 keep node_modules/x/y .git/HEAD
rules a .git node_modules .dockerignore
echo files
j list --ignored
echo directories too
j list --ignored --dirs
