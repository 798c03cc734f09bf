# SPDX-License-Identifier: Apache-2.0
# --update writes what is not the default, and removes what has become it.
cp "$CLI/run.sh" "$CLI/prelude.sh" .
mkdir verb
printf '#!/bin/sh\necho "$@"\nexit 1\n' >program
chmod +x program
echo 'j said' >verb/case.sh
echo stale >verb/case.err
code ./run.sh program --update verb/case
head verb/case.*
