# SPDX-License-Identifier: Apache-2.0
# Any other name of a file before it; its hash is there all the same.
files ctx/b
ln ctx/b ctx/c
ln ctx/b "ctx/$(printf 'a\377')"
find ctx -exec touch -h -d @1700000000 {} +
j manifest ctx
