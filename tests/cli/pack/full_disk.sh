# SPDX-License-Identifier: Apache-2.0
files ctx/a
j pack ctx >/dev/full
