# SPDX-License-Identifier: Apache-2.0
# What is left out by the rules and what nobody reads are both left out.
project
jettison list --ignored
echo "---"
jettison list --ignored --dirs --target web
echo "--- together all there is"
{ jettison list --dirs; jettison list --ignored --dirs; } | sort >../both
jettison list --scope tree --dirs | sort | diff ../both -
