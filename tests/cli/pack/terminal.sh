# SPDX-License-Identifier: Apache-2.0
# Never to a terminal.
files a
pty '"$JETTISON" pack --scope context; echo "[$?]"'
pty '"$JETTISON" pack --scope context -o -; echo "[$?]"'
pty '"$JETTISON" pack --scope context -q >/dev/null; echo "[$?]"'
pty '"$JETTISON" pack --scope context -q -o ctx.tar; echo "[$?]"'
ls
