# SPDX-License-Identifier: Apache-2.0
# An empty context is an archive with nothing in it.
mkdir ctx
j pack ctx >ctx.tar
wc -c <ctx.tar
tar -tf ctx.tar
