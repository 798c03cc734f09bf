# SPDX-License-Identifier: Apache-2.0
# On a terminal: what ships, and of how much.
. "$CLI/build/fake"
fake docker
app
printf '%2000s' >big.bin
export PATH="$bin:$tools:$PATH"
pty '"$JETTISON" build .'
pty '"$JETTISON" build -q .'
pty '"$JETTISON" build --dry-run .'
rm -r src
files src
pty '"$JETTISON" build .'
rm src
pty '"$JETTISON" build .'
