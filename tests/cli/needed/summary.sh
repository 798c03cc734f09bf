# SPDX-License-Identifier: Apache-2.0
# What is counted along a plan.
project
jettison list -v 2>&1 >/dev/null | sed 's/; [0-9.]* s$/; N s/'
jettison list -qv 2>&1 >/dev/null
pty '"$JETTISON" list --target web' | sed 's/; [0-9.]* s$/; N s/'
pty '"$JETTISON" list -q --target web'
echo "--- the plan is one itself"
jettison plan -v 2>&1 >/dev/null
