# SPDX-License-Identifier: Apache-2.0
# Names with anything in them: a message stays one line, an object stays valid.
dockerfile 'FROM x' "COPY [\"a\\n\\u001b\\u0007b\", \"/\"]"
code jettison list
jettison list --json 2>/dev/null | jq -c .error.path
printf 'FROM x\nCOPY \377\376 /\n' >Dockerfile
code jettison list 2>&1 | od -An -c | head -n 4
jettison list --json 2>/dev/null | jq -c '.error | keys'
printf 'FROM x\nCOPY %0300d /\n' 0 >Dockerfile
jettison list 2>&1 | cut -c 1-60
jettison list --json 2>/dev/null | jq -c '.error | [.line, (.path | length)]'
