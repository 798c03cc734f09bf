# SPDX-License-Identifier: Apache-2.0
# An error that says how to go on; the other scopes need none.
files ctx/a
for command in list 'why a -C' pack manifest plan; do
	code jettison $command ctx
done
code jettison list --json ctx
code jettison list --builder buildah ctx
code jettison list --scope context ctx
code jettison list --scope tree ctx
echo "no context either"
code jettison list nowhere
code jettison list ctx/a
