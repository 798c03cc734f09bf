# SPDX-License-Identifier: Apache-2.0
# What the user names may be a pipe, as <(...) of a shell is one; it is read once.
files ctx/a ctx/b ctx/c
printf 'b\n' | code j list --ignore-file /dev/stdin ctx
printf 'FROM x\nCOPY . /\n' >D
printf 'b\n' | code jettison list --ignore-file /dev/stdin -f D ctx
printf 'FROM x\nCOPY a /\n' | code jettison list -f /dev/stdin ctx
mkfifo rules dockerfile
printf 'b\n' >rules &
printf 'FROM x\nCOPY . /\n' >dockerfile &
code jettison pack --builder buildah --ignore-file rules -f dockerfile -o out.tar ctx
wait
tar -xOf out.tar Dockerfile Dockerfile.dockerignore
tar -tf out.tar
echo "--- the same limits"
head -c 65M /dev/zero | code j list --ignore-file /dev/stdin ctx 2>&1
head -c 17M /dev/zero | code jettison list -f /dev/stdin ctx 2>&1
: | code j list --ignore-file /dev/stdin ctx
echo "--- what is come across is no pipe"
mkfifo ctx/Dockerfile
code jettison list ctx 2>&1
rm ctx/Dockerfile
mkfifo D.dockerignore
code jettison list -f D ctx 2>&1
