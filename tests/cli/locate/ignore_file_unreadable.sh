# SPDX-License-Identifier: Apache-2.0
# Asked for by name, it is an error even where BuildKit would see an empty file.
files ctx/a
echo a >closed
chmod 000 closed
code as_user "$JETTISON" list --ignore-file closed ctx
