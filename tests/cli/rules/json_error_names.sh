# SPDX-License-Identifier: Apache-2.0
# Whatever is in the names, the object is JSON and the message one line.
bad=$(printf 'a\n\377"')
code j list --json "$bad" >out
python3 -c '
import json
line, code = open("out", "rb").read().rsplit(b"\n", 2)[:2]
print(json.loads(line.decode())["error"]["class"], code.decode())'
