# SPDX-License-Identifier: Apache-2.0
# Options that cannot be, or not together.
files ctx/a
code j pack --format zip ctx
code j pack --format dir ctx
code j pack --format dir -o - ctx
code j pack --format dir -o out --link --normalize ctx
code j pack --link ctx
code j pack --replace ctx
code j pack --mtime-ns --normalize ctx
code j pack --normalise ctx
for epoch in '' x -1 1.5 ' 1' 8589934592 99999999999999999999; do
	SOURCE_DATE_EPOCH=$epoch code j pack --normalize ctx
done
ls
