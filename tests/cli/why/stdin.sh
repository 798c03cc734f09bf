# SPDX-License-Identifier: Apache-2.0
# One path per line; one in quotes is read as we (and git) write it.
files a "$(printf 'tab\t')" ' blank ' '"' b
rules a
printf 'a\nb\n\n' | code j why --stdin
printf '%s\n' '"tab\t"' ' blank ' '"\""' '"' '"a' 'b"' 'back\slash' | code j why --stdin
printf 'b' | j why --stdin
code j why --stdin </dev/null
