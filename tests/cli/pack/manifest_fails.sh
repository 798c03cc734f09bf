# SPDX-License-Identifier: Apache-2.0
# Both or none; and what does not go together.
files a secret
code j pack -o ../t.tar --manifest ../nowhere/m
code j pack -o ../nowhere/t.tar --manifest ../m
code j pack -o ../t.tar --manifest /dev/full
chmod 0 secret
mkdir ../open
chmod 777 ../open
code as_user "$JETTISON" pack --scope tree -o ../open/t.tar --manifest ../open/m
ls .. ../open
code j pack --manifest -
code j pack -o - --manifest - >../out
code j pack --hash xxh128
code j pack --cache
code j pack --manifest-format csv
code j pack -o ../t.tar --manifest ../m --manifest-format xxh128sum --hash sha256
