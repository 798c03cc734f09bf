# SPDX-License-Identifier: Apache-2.0
# Broken and hostile archives are errors that say which, and take no time.
built_in archive
files a b
j manifest >../m
tar -cf ../t.tar a b
echo neither | code j verify ../m -
head -c 700 ../t.tar | code j verify ../m -
gzip <../t.tar | head -c 100 | code j verify ../m -
head -c 10240 /dev/zero | code j verify ../m -
truncate -s 1T ../hole
tar -S -cf ../sparse.tar -C .. hole
code j verify ../m ../sparse.tar
