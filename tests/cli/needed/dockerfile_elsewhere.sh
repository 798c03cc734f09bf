# SPDX-License-Identifier: Apache-2.0
# -f outside the context: needs are those of the context, messages name the file.
mkdir ctx other
(cd ctx && files docs/a.md src/x && rules docs)
printf '%s\n' 'FROM scratch' 'COPY docs /' 'COPY src /' >other/My.Dockerfile
echo "--- the context's own rules"
code jettison list -f other/My.Dockerfile ctx
echo "--- those beside the Dockerfile win"
echo src/y >other/My.Dockerfile.dockerignore
code jettison list --by -f other/My.Dockerfile ctx
code jettison why -f other/My.Dockerfile -C ctx docs/a.md
echo "--- also when they are the ones that hurt"
echo src >other/My.Dockerfile.dockerignore
code jettison list -f other/My.Dockerfile ctx
code jettison list --json -f other/My.Dockerfile ctx
echo "--- the classic builder does not look there"
code jettison list --builder classic -f other/My.Dockerfile ctx
echo "--- it goes into an archive all the same"
: >other/My.Dockerfile.dockerignore
jettison pack -f other/My.Dockerfile -o ctx.tar ctx
tar -tf ctx.tar
