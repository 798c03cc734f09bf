# SPDX-License-Identifier: Apache-2.0
# The rules keep a/x/y, but BuildKit never looks into a/x.
files a/x/y a/z
rules '*' '!a/*/**'
j why a/x/y a/x a
j why --json a/x/y
j why --trace a/x/y
j why -v a/x/y
j list
