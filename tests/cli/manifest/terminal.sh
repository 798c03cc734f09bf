# SPDX-License-Identifier: Apache-2.0
# Text, so a terminal may have it.
files a
dated a
pty '"$JETTISON" manifest --scope context -q; echo "[$?]"'
