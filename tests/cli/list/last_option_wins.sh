# SPDX-License-Identifier: Apache-2.0
files a
rules a
j list --scope tree --scope context
j list --builder nothing --builder classic
