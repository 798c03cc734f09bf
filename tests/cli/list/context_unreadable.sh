# SPDX-License-Identifier: Apache-2.0
mkdir -m 311 closed
code as_user "$JETTISON" list --scope context closed
