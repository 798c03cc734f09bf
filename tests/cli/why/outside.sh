# SPDX-License-Identifier: Apache-2.0
files ctx/a other
code j why -C ctx ../other
code j why -C ctx /etc/passwd
code j why -C ctx ..
code j why -C ctx a/../..
code j why -C ctx ''
# The context's name in front is not the context.
mkdir ctxx
code j why -C ctx "$PWD/ctxx/a" 2>&1 | sed "s,$PWD,PWD,"
