# SPDX-License-Identifier: Apache-2.0
[ -c /dev/full ] || exit 77
project
jettison plan >/dev/full
