# SPDX-License-Identifier: Apache-2.0
# Levels that there are not.
files a
for how in gzip:0 gzip:10 zstd:0 zstd:23 xz:10 xz:-1 gzip: none:1 bzip2 '' lz4:3; do
	code j pack --compress "$how"
done
code j pack --format dir -o out --compress gzip
ls
