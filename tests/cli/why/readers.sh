# SPDX-License-Identifier: Apache-2.0
# Who reads it: the first by name, the others counted; --json has all.
project
jettison why go.mod web/package.json docs/a.md src/lib src web .
jettison why --json web/package.json src
echo "--- an instruction brought a rule's exception in"
rules '**/*.md' '!docs/a.md' '*.log'
jettison why docs/a.md go.mod
jettison why --trace docs/a.md
jettison why -v docs/a.md go.mod debug.log
jettison why -v -n go.mod secret.key
