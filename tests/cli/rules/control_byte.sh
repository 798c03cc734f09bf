# SPDX-License-Identifier: Apache-2.0
# BuildKit's daemon sends the rules as a header: no control byte, unless another
# rule is not ASCII and all are encoded.
files "$(printf 'a\tb')" c
printf 'c\na\tb\n' >.dockerignore
code j list
code j list --json
code j list --builder classic
printf 'c\na\tb\n\303\251\n' >.dockerignore
echo encoded
code j list
