# SPDX-License-Identifier: Apache-2.0
# As it ships: no content. Names survive any byte.
files a/b
rules a '!a/b' a .dockerignore
j digest -q --explain
odd_names
rm .dockerignore
j digest --explain odd | sed 's/ [0-9a-f]\{32\} / HASH /'
LC_ALL=C.UTF-8 j digest --explain | LC_ALL=C grep -c '[^ -~]' || :
