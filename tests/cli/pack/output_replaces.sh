# SPDX-License-Identifier: Apache-2.0
# An old file is replaced as a whole, also through a link; "-" is standard output.
files ctx/a
echo old >real.tar
ln -s real.tar link.tar
j pack -o link.tar ctx
readlink link.tar
tar -tf real.tar
j pack -o - ctx | tar -t
