# SPDX-License-Identifier: Apache-2.0
files ctx/a dir/
code j pack -o nowhere/ctx.tar ctx
code j pack -o dir ctx
code j pack -o ctx/a/b ctx
code j pack -o '' ctx
code j pack -o
find . | LC_ALL=C sort
