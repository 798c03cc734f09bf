# SPDX-License-Identifier: Apache-2.0
# Looked at for --json: "emptied", and a warning.
files ctx/a ctx/b
dated ctx/a ctx/b
chmod 000 ctx/a
code as_user "$JETTISON" list --scope context --json ctx
code as_user "$JETTISON" list --scope context -l -q ctx
