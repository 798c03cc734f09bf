# SPDX-License-Identifier: Apache-2.0
# A frontend that is asked for, and variables that only an image could set.
files docs/a.md
dockerfile '# syntax=docker/dockerfile:1' 'FROM nginx:1.27' 'COPY docs/$NAME /' 'ENV X=$Y'
jettison plan
echo "---"
jettison plan -q --env NAME=a.md --env Y=1
jettison plan --json | jq -c '[.syntax, .unset]'
echo "--- a graph has no room for them"
jettison plan --dot | wc -l
