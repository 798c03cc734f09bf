# SPDX-License-Identifier: Apache-2.0
# What the target needs now, against what it needed.
built_in archive
project
j() { jettison "$@"; }
code j manifest -o ../m
code j verify ../m
# Not needed.
echo more >>tests/t.sh
echo >web/new
code j verify ../m
code j verify --target test ../m
code j pack -o ../t.tar
code j verify ../m ../t.tar
code j pack --format dir -o ../dir
code j verify ../m ../dir
echo '--- other instructions'
sed -i 's/^COPY web .*/COPY web tests \/x\//' Dockerfile
code j verify ../m
rm web/new
sed -i 's/^COPY docs.*/COPY docs\/none \//' Dockerfile
code j verify ../m
echo '--- standard input is there once'
code j verify -f - - . <../m
code j verify -f - - <../m
code j verify -f - ../m <Dockerfile
