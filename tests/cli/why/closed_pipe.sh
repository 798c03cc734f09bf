# SPDX-License-Identifier: Apache-2.0
files a
{
	yes a | j why --stdin
	echo "exit $?" >code
} | head -n 1
cat code
