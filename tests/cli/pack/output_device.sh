# SPDX-License-Identifier: Apache-2.0
# Devices and pipes are written as they are.
files ctx/a
code j pack -o /dev/null ctx
[ -c /dev/null ] && echo still there
code j pack -o /dev/full ctx
mkfifo pipe
tar -tf pipe &
j pack -o pipe ctx
wait
