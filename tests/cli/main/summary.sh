# SPDX-License-Identifier: Apache-2.0
# On a terminal, and with -v; not with -q, not in a pipe.
files a/1 a/2 b left/1 left/2 'half/x.o'
head -c 5000 /dev/zero >a/big
rules left '*/*.o'
echo "terminal"
pty '"$JETTISON" list --scope context' | sed 's/; [0-9.]* s$/; N s/'
echo "-q"
pty '"$JETTISON" list --scope context -q'
echo "-qv"
pty '"$JETTISON" list --scope context -qv'
echo "-v"
j list -v 2>&1 | sed 's/; [0-9.]* s$/; N s/'
echo "failure"
pty '"$JETTISON" list --scope context nowhere'
