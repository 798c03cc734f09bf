# SPDX-License-Identifier: Apache-2.0
# A bad path on standard input ends the run; what was answered stays.
files a b
printf 'a\n../x\nb\n' | code j why --stdin
printf 'a\0\0b\0' | code j why --stdin -0 | tr '\0' '@'
