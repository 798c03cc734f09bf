#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# real.sh JETTISON DIRECTORY [few] [OPTION...] - builds Dockerfiles of Debian's and
# npm's packages from everything and from what is needed; see real.py.  few: of a
# dozen small ones.
#
# DIRECTORY keeps what was fetched, and is for few or for all of them.  It must not be below /srv, /media, /mnt, /opt
# or /home, where run.sh puts its tmpfs.
set -u
[ $# -ge 2 ] || { echo "usage: real.sh JETTISON DIRECTORY [few] [OPTION...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd -P) || exit 1
program=$1
mkdir -p "$2" && directory=$(cd "$2" && pwd -P) || exit 1
shift 2
few=
if [ "${1-}" = few ]; then
	few=few
	shift
fi
/usr/bin/python3 -B "$here/real.py" "$directory" $few || exit 1
exec "$here/run.sh" "$program" --real "$directory" "$@"
