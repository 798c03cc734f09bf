# SPDX-License-Identifier: Apache-2.0
# A path through a link that instructions go through: the entry it comes to decides.
files src/main.ts src/x.log src/other.ts
ln -s src ls
ln -s ../src/main.ts src/again.ts
ln -s / out
rules '*/*.log'
dockerfile 'FROM x' 'COPY ls/main.ts /'
code jettison why ls/main.ts ls/x.log ls/other.ts ls/none.ts ls ls/again.ts out/src/main.ts
jettison why --json ls/main.ts ls/x.log
jettison why --trace ls/x.log
code jettison why -q ls/main.ts
code jettison why -q ls/other.ts
echo "--- git's form, and the rules alone"
jettison why -v -n ls/x.log
jettison why --scope context ls/main.ts
