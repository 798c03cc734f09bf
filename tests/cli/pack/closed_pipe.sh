# SPDX-License-Identifier: Apache-2.0
# The reader has gone: quiet, exit code 0.
head -c 3000000 /dev/zero >big
{
	j pack
	echo "exit $?" >code
} | head -c 10 | wc -c
cat code
