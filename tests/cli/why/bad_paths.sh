# SPDX-License-Identifier: Apache-2.0
# A path without an answer is an error, and the others are answered.
files a b
rules b
code j why nope /etc/passwd a ../x b
code j why --json nope /etc/passwd a 2>/dev/null
code j why -q a /etc/passwd
code j why -v -n /etc/passwd b a
printf '%s\n' a /etc/passwd '' '"x\0y"' b | code j why --stdin 2>&1
printf '%s\n' a /etc/passwd b | code j why --stdin --json 2>&1
# A rule that does not compile spoils the paths that it is asked about.
rules 'sub/[z-a]' b
files sub/x
code j why a sub/x b
