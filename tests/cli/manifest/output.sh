# SPDX-License-Identifier: Apache-2.0
# -o: appears whole, is not listed itself, neither the new file nor an old one.
files ctx/a
dated ctx/a
cd ctx
j manifest -o m.ndjson
cat m.ndjson
j manifest --output=m.ndjson
cat m.ndjson
j manifest -o - | grep -c m.ndjson
ls
