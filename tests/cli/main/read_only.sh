# SPDX-License-Identifier: Apache-2.0
# Nothing is written where nothing is asked for.
files ctx/a ctx/d/b
chmod 555 ctx ctx/d
find ctx -printf '%p %C@\n' | sort >before
j list -v ctx >/dev/null 2>&1
j why -C ctx a >/dev/null
j pack ctx >/dev/null
j manifest ctx >/dev/null
find ctx -printf '%p %C@\n' | sort | cmp - before && echo untouched
chmod 755 ctx ctx/d
