# SPDX-License-Identifier: Apache-2.0
# Nothing to write, so it does not matter that it cannot be written.
files a
j why -q a >/dev/full
j why -q a >&-
