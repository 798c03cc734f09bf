# SPDX-License-Identifier: Apache-2.0
mkdir a b
code j list a b
