# SPDX-License-Identifier: Apache-2.0
{
	j --help
	echo "exit $?" >code
} | :
cat code
