# SPDX-License-Identifier: Apache-2.0
files a
j manifest >/dev/full
