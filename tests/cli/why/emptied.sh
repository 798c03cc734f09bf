# SPDX-License-Identifier: Apache-2.0
files a/b
rules a '!a/b' a
j why a/b
j why --json a/b
code j why -q a/b
