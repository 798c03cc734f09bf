# SPDX-License-Identifier: Apache-2.0
project
code jettison plan --json --dot
code jettison plan --scope context
code jettison plan --scope tree --json
code jettison plan . .
code jettison plan --jsno
code jettison plan --target nowhere
code jettison plan nowhere
