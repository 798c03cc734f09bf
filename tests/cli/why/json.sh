# SPDX-License-Identifier: Apache-2.0
# One object per path: path, status, by, note.
files a/b c
rules a '*.log' '!keep.log'
j why --json a/b c x.log keep.log missing
mkdir none
j why --json -C none x
