# SPDX-License-Identifier: Apache-2.0
mkdir ctx
code j list ctx
code j list --dirs --json --ignored ctx
