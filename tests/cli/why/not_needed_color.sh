# SPDX-License-Identifier: Apache-2.0
project
jettison why --color always secret.key go.mod debug.log | sed 's/\x1b/ESC/g'
