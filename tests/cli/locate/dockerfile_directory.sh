# SPDX-License-Identifier: Apache-2.0
# Not read yet, so only a missing one matters.
files a sub/
code j list -f sub
