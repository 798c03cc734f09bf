# SPDX-License-Identifier: Apache-2.0
# For a script: only what ships is a yes.
project
code jettison why -q src/main.c go.mod
code jettison why -q src/main.c secret.key
code jettison why -q tests/t.sh
code jettison why -q --target test tests/t.sh
