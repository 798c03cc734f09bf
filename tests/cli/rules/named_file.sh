# SPDX-License-Identifier: Apache-2.0
# The message names the file that the user can open.
files app/a
echo '[' >app/.dockerignore
echo '[' >mine
code j list app
code j list --ignore-file mine app
(cd app && code j list)
code j why -C app a
code j pack app
code j manifest app
