# SPDX-License-Identifier: Apache-2.0
# A missing path is answered: what the rules would do with it.
files a
rules '*.log' 'docs' '!docs/keep.md'
code j why x.log docs/keep.md nothing a/below/a/file
