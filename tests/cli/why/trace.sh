# SPDX-License-Identifier: Apache-2.0
# Every rule that changed the answer, and what it matched.
files a/b/c other
rules a '!a/b' 'a/b/c' '!**/c' nothing
j why --trace a/b/c other a missing/c
