# SPDX-License-Identifier: Apache-2.0
# The archive is not packed into itself, neither the new nor the old one.
files a
j pack -o ctx.tar
tar -tf ctx.tar
j pack -o ctx.tar
tar -tf ctx.tar
j pack >ctx2.tar
tar -tf ctx2.tar
j pack -q -o ctx.tar
