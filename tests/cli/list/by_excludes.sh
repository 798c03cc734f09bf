# SPDX-License-Identifier: Apache-2.0
project
code jettison list --by --scope context
code jettison list --by --scope tree
code jettison list --by --ignored
code jettison list --by -0
code jettison list --by -l
code jettison list --by --json --scope context
