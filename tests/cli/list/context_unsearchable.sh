# SPDX-License-Identifier: Apache-2.0
# A context that may be read but not searched: its Dockerfile is there all the same.
files ctx/a
echo 'FROM x' >ctx/Dockerfile
chmod 755 . .. ../..
chmod 444 ctx
code as_user "$JETTISON" list ctx
code as_user "$JETTISON" why -C ctx a
code as_user "$JETTISON" list --scope context ctx
chmod 755 ctx
