# SPDX-License-Identifier: Apache-2.0
files a/b/c other
rules a '!a/b' other
j why --trace --json a/b/c other x
j why --trace -v a/b/c
