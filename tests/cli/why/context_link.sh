# SPDX-License-Identifier: Apache-2.0
# Absolute paths meet the context through links on both sides.
files real/a
ln -s real link
echo a >real/.dockerignore
j why -C link "$PWD/link/a" "$PWD/real/a" a | sed "s,$PWD,PWD,"
j why -C real "$PWD/link/a" | sed "s,$PWD,PWD,"
