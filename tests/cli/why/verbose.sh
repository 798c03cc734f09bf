# SPDX-License-Identifier: Apache-2.0
# As git check-ignore -v: only paths that a rule decided, also a negated one.
files a b c
rules '*' '!b'
code j why -v a b c
rules a
code j why -v a b missing
echo with -n
code j why -v -n a b missing
code j why -vn b
code j why --verbose --non-matching b
