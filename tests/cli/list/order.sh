# SPDX-License-Identifier: Apache-2.0
# Component by component in byte order: "a/..." before "a b", high bytes last.
files a/1 'a b/1' a-b/1 a.b/1 a0 "$(printf 'a\177')" ab "$(printf '\303\251')" Z "$(printf '\377')"
j list | od -An -c
