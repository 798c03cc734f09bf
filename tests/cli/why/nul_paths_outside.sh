# SPDX-License-Identifier: Apache-2.0
# A bad path on standard input is named by its line (or record); the others are
# answered.
files a b
printf 'a\n../x\nb\n' | code j why --stdin
printf 'a\0\0b\0' | code j why --stdin -0 | tr '\0' '@'
