# SPDX-License-Identifier: Apache-2.0
# The rule is shown as it was written, trimmed, "!" included.
files a b
printf '  /a/  \n ! b\n' >.dockerignore
j why -v a b
j why a b
