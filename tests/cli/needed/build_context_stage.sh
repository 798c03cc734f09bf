# SPDX-License-Identifier: Apache-2.0
# It takes the place of a stage: that one's instructions no longer count.
project
mkdir ../dist
files ../dist/dist/x
jettison list --by
echo "---"
jettison list --by --build-context web=../dist
jettison plan --build-context web=../dist | sed -n '/^1 /,/^2 /p'
echo "--- what was missing there is not missed"
rm web/package.json web/index.js
rmdir web
code jettison list --by
code jettison list --by --build-context web=../dist
