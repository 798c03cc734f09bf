# SPDX-License-Identifier: Apache-2.0
files a/1 b
rules a
dated a a/1
j list --ignored --dirs --json
