# SPDX-License-Identifier: Apache-2.0
# The context itself always ships.
files a
rules '*'
j why .
j why "$PWD" | sed "s,$PWD,PWD,"
j why --json .
j why -v -n .
