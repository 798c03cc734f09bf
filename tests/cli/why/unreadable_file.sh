# SPDX-License-Identifier: Apache-2.0
# BuildKit ships it with no content: list and why agree.
files ctx/a ctx/b
chmod 000 ctx/a
code as_user "$JETTISON" why --scope context -C ctx a b
code as_user "$JETTISON" why --scope context --json -C ctx a
code as_user "$JETTISON" why --scope context --builder classic -C ctx a
code as_user "$JETTISON" why --scope context --builder buildah -C ctx a
