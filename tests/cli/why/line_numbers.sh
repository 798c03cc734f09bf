# SPDX-License-Identifier: Apache-2.0
# Comments and empty lines count; so does the last line without an end.
files a b c
printf '# one\n\na\r\n\n\n  # six\nb' >.dockerignore
j why -v -n a b c
