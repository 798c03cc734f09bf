# SPDX-License-Identifier: Apache-2.0
# Promised but not there yet: an error that says how to go on.
files a
code j list --scope needed
