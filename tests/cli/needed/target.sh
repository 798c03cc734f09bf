# SPDX-License-Identifier: Apache-2.0
# The stage by any case, and what the stages below it read; numbers are no names.
project
for target in build web test TEST Web; do
	echo "--- $target"
	jettison list --target $target
done
echo "---"
code jettison list --target tets
code jettison list --target nothinglikeit
code jettison list --target 0
code jettison list --target=
code jettison list --json --target biuld
