# SPDX-License-Identifier: Apache-2.0
# The runner itself: it fails for each of the three files, for a case that hangs,
# and for an expectation without a case.
cp "$CLI/run.sh" "$CLI/prelude.sh" .
mkdir verb
printf '#!/bin/sh\necho "$@"; echo oops >&2; exit 3\n' >program
chmod +x program
echo 'j said' >verb/case.sh
echo said >verb/case.out
echo oops >verb/case.err
echo 3 >verb/case.exit
code ./run.sh program
code ./run.sh program verb
code ./run.sh program verb/case
code ./run.sh program verb/case.sh
for kind in out err exit; do
	cp verb/case.$kind kept
	echo 4 >verb/case.$kind
	code ./run.sh program
	rm verb/case.$kind
	code ./run.sh program | tail -n 2
	mv kept verb/case.$kind
done
echo 'sleep 60' >verb/hangs.sh
CASE_SECONDS=1 code ./run.sh program verb/hangs | grep -v Terminated
rm verb/hangs.sh
echo x >verb/stray.out
code ./run.sh program
rm verb/stray.out
code ./run.sh program nothing
code ./run.sh nothing
code ./run.sh
