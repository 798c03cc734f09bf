# SPDX-License-Identifier: Apache-2.0
# Known, but not there yet: no guess at another word.
for word in audit lint bench suggest; do
	code j $word
done
