# SPDX-License-Identifier: Apache-2.0
# A Dockerfile that is none, or may not be read.
files ctx/a ctx/d/x
code jettison list -f ctx/d ctx
mkfifo ctx/Dockerfile
code jettison list ctx
rm ctx/Dockerfile
code jettison list -f nowhere ctx
code jettison list --json -f nowhere ctx
truncate -s 17M ctx/Dockerfile
code jettison list ctx
printf 'FROM x\nCOPY a /\n' >ctx/Dockerfile
chmod 000 ctx/Dockerfile
chmod 755 ctx
code as_user "$JETTISON" list ctx
chmod 644 ctx/Dockerfile
echo "--- what nobody reads may be closed"
chmod 000 ctx/d
[ "$(id -u)" != 0 ] || chown 65534 ctx/a
code as_user "$JETTISON" list ctx
echo "--- what is read may not"
printf 'FROM x\nCOPY d /\n' >ctx/Dockerfile
code as_user "$JETTISON" list ctx
code as_user "$JETTISON" why -C ctx d a
echo "--- and of what nobody reads it is said that nobody does"
printf 'FROM x\nCOPY a /\n' >ctx/Dockerfile
printf 'd/log\n' >ctx/.dockerignore
code as_user "$JETTISON" why -C ctx d d/x d/none d/log a
code as_user "$JETTISON" why --scope context -C ctx d/x
