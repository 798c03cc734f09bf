# SPDX-License-Identifier: Apache-2.0
# Manifests and archives without anything: one message each, what it is and what to do.
built_in archive
: >../empty
tar -cf ../blocks -T /dev/null
mkdir nothing something
files something/a
j manifest something >../m
j manifest nothing | cmp - ../empty
code j verify ../empty nothing
code j verify ../empty something
code j verify --json ../empty something
: | code j verify - something
code j verify ../m ../empty
code j verify ../m ../blocks
code j verify ../empty ../blocks
code j diff ../empty something
code j diff -q something ../empty
code j diff ../empty nothing
code j diff ../blocks something
for verb in manifest digest pack list; do
	code jettison $verb - <../empty
	code jettison $verb - <../blocks
	code j $verb - <../blocks | od -c | sed -n '1p;$p'
done
