# SPDX-License-Identifier: Apache-2.0
# BuildKit reads an absolute link from the context's root on.
files ctx/a ctx/b ctx/sub/rules
echo a >ctx/sub/rules
ln -s /sub/rules ctx/.dockerignore
j list ctx | grep '^.$'
