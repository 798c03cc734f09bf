# SPDX-License-Identifier: Apache-2.0
# why takes it as its context; paths are those in it.
built_in archive
mkdir ctx && cd ctx || exit
project
tar -cf ../ctx.tar . && cd .. || exit
code jettison why -C - src/main.c /src/main.c ./web/../web debug.log none secret.key .. / . ../x <ctx.tar
code jettison why -C - -v debug.log <ctx.tar
code jettison why -C - -q secret.key <ctx.tar
cd ctx && code jettison why src/main.c ./web/../web debug.log none secret.key
