# SPDX-License-Identifier: Apache-2.0
# The object cannot be written either: said once, and the end.
files a
j list --json >/dev/full
