# SPDX-License-Identifier: Apache-2.0
# A program built with nothing but the C library says so.
files a
for how in gzip zstd:3 xz none; do
	code j pack --compress $how -o ctx.tar
done
ls
