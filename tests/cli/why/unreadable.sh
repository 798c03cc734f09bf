# SPDX-License-Identifier: Apache-2.0
# Below a directory that may not be searched only the rules are known.
files ctx/d/x ctx/a
echo d >ctx/.dockerignore
chmod 000 ctx/d
code as_user "$JETTISON" why --scope context -C ctx d/x a d
: >ctx/.dockerignore
code as_user "$JETTISON" why --scope context -C ctx d/x
