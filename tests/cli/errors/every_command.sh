# SPDX-License-Identifier: Apache-2.0
# The same words and the same object, whoever asks; nothing half-written is left.
dockerfile 'FROM x' 'COPY missing /'
for command in list 'why a' pack manifest plan; do
	code jettison $command --json
done
code jettison pack -o ctx.tar
code jettison manifest -o ctx.ndjson
ls
