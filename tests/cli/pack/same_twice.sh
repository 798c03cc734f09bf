# SPDX-License-Identifier: Apache-2.0
# Two runs are byte for byte the same, whatever the order on disk.
files ctx/b/1 ctx/a/2 ctx/c
j pack ctx >1
j pack ctx | cat >2
j pack -o 3 ctx
j pack -j 7 -o 4 ctx
cmp 1 2 && cmp 1 3 && cmp 1 4 && echo same
