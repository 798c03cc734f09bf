# SPDX-License-Identifier: Apache-2.0
# Names, kinds, modes, owners, times and contents as Python's tarfile reads them.
files dir/file dir/empty/ left/out 'sp ace'
: >none
chmod 4711 dir/file
chmod 1777 dir/empty
ln -s dir/file link
ln -s none dangling
ln 'sp ace' dir/same
mkfifo -m 600 pipe
rules left .dockerignore
dated dir/file dir/empty dir none link dangling 'sp ace' pipe
j pack >../ctx.tar
python3 "$CLI/pack/members.py" ../ctx.tar
