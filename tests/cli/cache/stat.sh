# SPDX-License-Identifier: Apache-2.0
# What is in it, where it is, and clearing it.
built_in cache
files a b
settle
code jettison cache ../cache
j digest --cache=../cache >/dev/null
code jettison cache --stat ../cache | sed 's/[0-9.]* KiB/N KiB/'
code jettison cache --json ../cache | sed 's/"bytes":[0-9]*/"bytes":N/'
code jettison cache --clear ../cache
code jettison cache ../cache
ls -A ../cache
# The usual places.
export HOME="$PWD/../home" XDG_CACHE_HOME="$PWD/../xdg"
j digest --cache >/dev/null
ls "$XDG_CACHE_HOME/jettison/hashes"
XDG_CACHE_HOME=relative j digest --cache >/dev/null
ls "$HOME/.cache/jettison/hashes"
XDG_CACHE_HOME= jettison cache | sed 's,.*/home/,HOME/,; s/[0-9.]* KiB/N KiB/'
code env -u HOME -u XDG_CACHE_HOME "$JETTISON" digest --scope context --cache
