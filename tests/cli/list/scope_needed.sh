# SPDX-License-Identifier: Apache-2.0
# What the stages of the target read, and nothing else: this is the default.
project
jettison list
echo "--- the same"
jettison list --scope needed
echo "--- directories"
jettison list --dirs
echo "--- long"
jettison list -l | sed 's/^file/f/'
echo "--- NUL"
jettison list -0 | tr '\0' '\n' | sort -r | head -n 2
