# SPDX-License-Identifier: Apache-2.0
# The output never depends on it.
files ctx/a/1 ctx/a/2 ctx/b
j list ctx >one
for n in 1 2 16 1024; do
	j list -j $n ctx | cmp - one
	j list --jobs=$n ctx | cmp - one
done
code j list -j 0
code j list -j x
code j list -j -1
code j list -j 1025
code j list -j ' 2'
code j list --jobs 99999999999999999999999
