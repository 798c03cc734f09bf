# SPDX-License-Identifier: Apache-2.0
# One line per path, in the order asked; the exit code is 0 whatever the answer.
files a/b c src/x.tmp src/x
rules a '*/*.tmp'
code j why c a/b src/x.tmp src/x a
