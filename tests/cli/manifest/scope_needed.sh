# SPDX-License-Identifier: Apache-2.0
# Only what is needed, and who needs it.
project
jettison manifest | jq -c '[.path, .type, .xxh128, .by]'
echo "---"
jettison manifest --target web | jq -r .path
echo "--- other scopes say nothing of instructions"
jettison manifest --scope context | jq -c 'select(.by)'
