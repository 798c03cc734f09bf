# SPDX-License-Identifier: Apache-2.0
# Never to a terminal.
files a
pty '"$JETTISON" pack; echo "[$?]"'
pty '"$JETTISON" pack -o -; echo "[$?]"'
pty '"$JETTISON" pack -q >/dev/null; echo "[$?]"'
pty '"$JETTISON" pack -q -o ctx.tar; echo "[$?]"'
ls
