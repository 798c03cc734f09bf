# SPDX-License-Identifier: Apache-2.0
# Instead of files: who reads them, and how much.
project
jettison list --by
echo "---"
jettison list --by --json
echo "--- another target"
jettison list --by --target test
echo "--- nothing is read"
dockerfile 'FROM scratch'
code jettison list --by
