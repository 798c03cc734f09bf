# SPDX-License-Identifier: Apache-2.0
# The ignore file is named as seen from the context, or as it was given.
files app/a app/sub/D docker/D
echo a >app/.dockerignore
echo a >docker/D.dockerignore
echo a >mine
echo a >app/sub/D.dockerignore
j why -C app -v a
j why -C app -v -f docker/D a
j why -C app -v -f app/sub/D a
j why -C app -v --ignore-file mine a
j why -C app -v --ignore-file app/.dockerignore a
j why -C app --json -f app/sub/D a
