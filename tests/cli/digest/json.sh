# SPDX-License-Identifier: Apache-2.0
# An object, and errors as objects. A file that cannot be read is an error, not a digest.
files a d/b
j digest --json
j digest | tr -d '\n' | wc -c
code j digest --json nowhere
code j digest a b
mkdir secret
: >secret/x
chmod 0 secret/x
code as_user "$JETTISON" digest --scope tree . 2>&1
