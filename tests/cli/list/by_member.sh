# SPDX-License-Identifier: Apache-2.0
# Every entry says who reads it; without a plan nobody does.
project
jettison list --dirs --json | jq -c '[.path, .by]'
echo "---"
jettison list --scope context --json | jq -c 'select(.by)'
echo "--- the file by its last name"
mkdir elsewhere
cp Dockerfile elsewhere/My.Dockerfile
jettison list -f elsewhere/My.Dockerfile --json | jq -c '.by' | head -n 1
