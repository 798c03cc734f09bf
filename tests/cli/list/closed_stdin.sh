# SPDX-License-Identifier: Apache-2.0
# Nothing is read from it.
files a
j list <&-
