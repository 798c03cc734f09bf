# SPDX-License-Identifier: Apache-2.0
files a "$(printf 'new\nline')" '"q"'
rules 'new*'
printf 'new\nline\0"q"\0a' | j why --stdin -0 | tr '\0' '@'
echo
printf 'new\nline\0a\0' | j why --stdin -0 -v -n | tr '\0' '@'
echo
printf 'a\0' | j why --stdin --null --json
