# SPDX-License-Identifier: Apache-2.0
project
jettison plan --json >plan
wc -l <plan
jq -c 'del(.stages)' plan
jq -c '.stages[]' plan
echo "--- the sums agree with the list"
jettison list -l | awk '{ n++; size += $3 } END { print n, size }'
jq -r '"\(.files) \(.bytes)"' plan
