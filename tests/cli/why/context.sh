# SPDX-License-Identifier: Apache-2.0
# -C names the context; paths are relative to it.
files app/a app/b
echo a >app/.dockerignore
j why -C app a b
j why -C app/ -v a
j why -Capp a
j why --context=app "$PWD/app/a" | sed "s,$PWD,PWD,"
cd app
j why -C . a
j why -C .. app/a
