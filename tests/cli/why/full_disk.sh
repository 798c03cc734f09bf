# SPDX-License-Identifier: Apache-2.0
files a
j why a >/dev/full
echo "exit $?"
printf 'a\na\n' | j why --stdin >/dev/full
