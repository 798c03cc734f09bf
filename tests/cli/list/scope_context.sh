# SPDX-License-Identifier: Apache-2.0
files a b
rules a
j list --scope context
j list --scope=context .
