# SPDX-License-Identifier: Apache-2.0
# Lists of other tools: with --tag as BSD writes them, with -z; and those of other hashes,
# which nobody should take for differences.
built_in sha256
odd_names
rm -r odd 'link\'
for options in '' --tag -z --binary '--tag -z'; do
	find . -type f -exec sha256sum $options -- {} + >../list
	echo "sha256sum $options"
	code j verify ../list
done
# xxhsum 0.8.1 writes no name with LF so that it can be read.
rm ./nl*x
for options in '' --tag; do
	find . -type f -exec xxhsum -H2 $options {} + >../list 2>/dev/null
	echo "xxhsum -H2 $options"
	code j verify ../list
done
echo more >>plain
code j verify ../list
sed 's/= .*/= 0/' ../list >../bad
code j verify ../bad
find . -type f -exec md5sum {} + >../list
code j verify -q ../list | tail -n 1
j verify ../list 2>&1 >/dev/null
: >nothing
find . -type f -exec md5sum {} + | sort >../list
code j verify ../list
md5sum plain >../MD5SUMS
code j verify ../MD5SUMS
for tool in 'md5sum --tag' sha1sum sha512sum 'sha512sum --tag' 'xxhsum -H0' xxhsum 'xxhsum --tag -H1'; do
	$tool plain >../list 2>/dev/null
	code j verify ../list
done
