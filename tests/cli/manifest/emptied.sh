# SPDX-License-Identifier: Apache-2.0
# The hash of nothing, and size 0.
files ctx/a/b
printf 'a\n!a/b\na\n.dockerignore\n' >ctx/.dockerignore
find ctx -exec touch -h -d @1700000000 {} +
j manifest ctx
j manifest --builder classic ctx
