# SPDX-License-Identifier: Apache-2.0
# Type, mode, size and path; a link says where it leads.
files dir/f
printf 12345 >five
chmod 4755 five
ln -s 'dir/f' link
ln -s "$(printf 'a\tb')" odd
mkfifo -m 600 pipe
j list -l --dirs
