# SPDX-License-Identifier: Apache-2.0
COLUMNS=60
export COLUMNS
j list --help
