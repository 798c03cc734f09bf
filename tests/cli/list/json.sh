# SPDX-License-Identifier: Apache-2.0
# One object per line with the members that docs/jettison.1 promises.
files dir/file
chmod 750 dir/file
ln -s dir/file link
mkfifo -m 640 pipe
touch -d @1700000000.123456789 dir/file
dated link pipe dir
j list --json --dirs
