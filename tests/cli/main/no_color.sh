# SPDX-License-Identifier: Apache-2.0
# Colours only on a terminal that has them, unless asked for.
files a b
rules a
echo "pipe"
j why a | od -An -c | head -n 1
echo "always"
j why --color always a b missing | sed 's/\x1b/ESC/g'
echo "a terminal"
pty 'TERM=xterm "$JETTISON" why --scope context a' | sed 's/\x1b/ESC/g'
echo "--color never"
pty 'TERM=xterm "$JETTISON" why --scope context --color never a' | sed 's/\x1b/ESC/g'
echo "TERM=dumb, and none"
pty 'TERM=dumb "$JETTISON" why --scope context a; TERM= "$JETTISON" why --scope context a; unset TERM; "$JETTISON" why --scope context a' | sed 's/\x1b/ESC/g'
echo "NO_COLOR, and an empty one, which does not count"
pty 'TERM=xterm NO_COLOR=1 "$JETTISON" why --scope context a; TERM=xterm NO_COLOR= "$JETTISON" why --scope context a' | sed 's/\x1b/ESC/g'
echo "asked for wins"
pty 'TERM=dumb NO_COLOR=1 "$JETTISON" why --scope context --color always a' | sed 's/\x1b/ESC/g'
code j why --color sometimes a
