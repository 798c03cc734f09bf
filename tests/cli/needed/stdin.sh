# SPDX-License-Identifier: Apache-2.0
# -f - reads the Dockerfile from standard input.
files docs/a.md src/x
from_stdin() {
	printf '%s\n' 'FROM x' 'COPY docs /' | jettison "$@"
}
from_stdin list -f -
from_stdin list -f - --by
from_stdin why -f - docs src
from_stdin plan -f - | tail -n 3
from_stdin pack -f - -o ../ctx.tar
tar -tf ../ctx.tar
from_stdin list -f - -v 2>&1 | grep Dockerfile
echo "--- refused"
echo 'FORM x' | code jettison list -f -
code jettison list -f - </dev/null
code jettison list -f - <&-
echo "--- paths and the Dockerfile cannot both come from there"
printf 'FROM x\n' | code jettison why --stdin -f -
printf 'a\n' | code jettison why --stdin -f - --scope context
