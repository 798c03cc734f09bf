# SPDX-License-Identifier: Apache-2.0
files ctx/a other
j pack -f other -o ctx.tar ctx
tar -tf ctx.tar
printf 'FROM scratch\n' | j pack -f - ctx | tar -t
