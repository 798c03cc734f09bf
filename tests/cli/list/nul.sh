# SPDX-License-Identifier: Apache-2.0
# Raw bytes, NUL behind each, never quoted; "/" behind a directory.
files "$(printf 'new\nline')" 'quo"te' "$(printf '\377')" d/f
j list -0 --dirs | tr '\0' '\n' | od -An -c
