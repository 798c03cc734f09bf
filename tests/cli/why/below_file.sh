# SPDX-License-Identifier: Apache-2.0
files a
rules a
j why a/b
