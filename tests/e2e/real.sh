#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# real.sh JETTISON DIRECTORY [OPTION...] - builds Dockerfiles of Debian's and npm's
# packages from everything and from what is needed; see real.py.
#
# DIRECTORY keeps what was fetched.  It must not be below /srv, /media, /mnt, /opt
# or /home, where run.sh puts its tmpfs.
set -u
[ $# -ge 2 ] || { echo "usage: real.sh JETTISON DIRECTORY [OPTION...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd -P) || exit 1
program=$1
mkdir -p "$2" && directory=$(cd "$2" && pwd -P) || exit 1
shift 2
/usr/bin/python3 -B "$here/real.py" "$directory" || exit 1
exec "$here/run.sh" "$program" --real "$directory" "$@"
