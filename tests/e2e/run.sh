#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh JETTISON [OPTION...] - compares jettison with real builders.
#
# Starts Debian's dockerd (docker.io 20.10: classic builder and embedded
# BuildKit) and uses buildah and podman; see e2e.py for what is compared.  Everything runs
# in a PID and a mount namespace of its own, where only a tmpfs can be written:
# when this script ends, however it ends, nothing is left of it.
#
# Needs root, because dockerd does.  Something missing is a failure.
set -u

die() {
	echo "e2e: $*" >&2
	echo "0 passed, 1 failed"
	exit 1
}

[ $# -ge 1 ] || die "usage: run.sh JETTISON [OPTION...]"
here=$(cd "$(dirname "$0")" && pwd -P) || exit 1
program=$(cd "$(dirname "$1")" 2>/dev/null && pwd -P)/$(basename "$1")
shift
[ -x "$program" ] || die "no program $program"
[ "$(id -u)" = 0 ] || die "must run as root: dockerd needs it"
for tool in /usr/sbin/dockerd /usr/bin/docker /usr/bin/buildah /usr/bin/podman \
	/usr/bin/containerd /usr/bin/python3 /usr/bin/unshare /usr/bin/setpriv; do
	[ -x "$tool" ] || die "$tool is missing (docker.io, buildah, podman, python3, util-linux)"
done

# Where the tmpfs goes, in the namespace only.  A directory that is there anyway
# needs no removal; what it holds must not be needed.
scratch=
for directory in /srv /media /mnt /opt /home; do
	case $here/:$program in
	"$directory"/* | *:"$directory"/*) continue ;;
	esac
	[ -d "$directory" ] && [ ! -L "$directory" ] && scratch=$directory && break
done
[ -n "$scratch" ] || die "none of /srv, /media, /mnt, /opt and /home is free"

child=
# Killing unshare kills PID 1 of the namespace and with it all that is inside.
stop() {
	trap '' INT TERM HUP
	[ -z "$child" ] || kill -KILL "$child" 2>/dev/null
	[ -z "$child" ] || wait "$child" 2>/dev/null
	echo "0 passed, 1 failed"
	exit "$1"
}
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM

setpriv --pdeathsig KILL \
	unshare --mount --propagation unchanged --pid --fork --kill-child \
	/usr/bin/python3 -B "$here/private.py" \
	/bin/sh "$here/inside.sh" bind "$scratch" "$program" "$@" </dev/null &
child=$!
wait "$child"
exit $?
