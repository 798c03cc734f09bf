# SPDX-License-Identifier: Apache-2.0
# Names of open descriptors: what is behind them is written where it stands.
files ctx/a
j pack -o /dev/stdout ctx | tar -t
echo before >f
j manifest -o /dev/stdout ctx >>f
j manifest -o /dev/fd/3 ctx 3>>f
j manifest -o /proc/self/fd/3 ctx 3>>f
head -c 7 f
wc -l <f
code j pack -o /dev/fd/9 ctx
code j pack -o /dev/full ctx
j pack -o /dev/stdout ctx >/dev/full
echo "exit $?"
ls
pty '"$JETTISON" pack --scope context -o /dev/stdout ctx; echo "[$?]"'
pty '"$JETTISON" pack --scope context -o /dev/tty ctx; echo "[$?]"'
