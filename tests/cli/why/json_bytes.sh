# SPDX-License-Identifier: Apache-2.0
# Names and rules that are not UTF-8.
name=$(printf 'q\377')
files "$name"
printf 'q\377\n' >.dockerignore
j why --builder classic --json "$name"
j why --builder classic --json --trace "$name"
j why --builder classic "$name" | od -An -c
