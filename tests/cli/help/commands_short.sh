# SPDX-License-Identifier: Apache-2.0
# -h: usage, one line, the options that are there.
for command in list why plan pack manifest digest verify diff cache; do
	j $command -h
	echo ----
done
