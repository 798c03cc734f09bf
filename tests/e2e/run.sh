#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh JETTISON [OPTION...] - compares jettison with real builders.
#
# Starts Debian's dockerd (docker.io 20.10: classic builder and embedded
# BuildKit) and uses buildah; see e2e.py for what is compared.  Everything runs
# in a PID and a mount namespace of its own: when this script ends, however it
# ends, the daemon, its children, its mounts and all files are gone.
#
# Needs root, because dockerd does.  Something missing is a failure.
set -u

die() {
	echo "e2e: $*" >&2
	echo "0 passed, 1 failed"
	exit 1
}

[ $# -ge 1 ] || die "usage: run.sh JETTISON [OPTION...]"
here=$(cd "$(dirname "$0")" && pwd) || exit 1
program=$(cd "$(dirname "$1")" 2>/dev/null && pwd)/$(basename "$1")
shift
[ -x "$program" ] || die "no program $program"
[ "$(id -u)" = 0 ] || die "must run as root: dockerd needs it"
for tool in /usr/sbin/dockerd /usr/bin/docker /usr/bin/buildah /usr/bin/containerd \
	/usr/bin/python3 /usr/bin/unshare /usr/bin/setpriv; do
	[ -x "$tool" ] || die "$tool is missing (docker.io, buildah, python3, util-linux)"
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/jettison-e2e.XXXXXX") || die "no temporary directory"
child=
propagation=
# Killing unshare kills PID 1 of the namespace and with it all that is inside.
stop() {
	trap '' INT TERM HUP
	[ -z "$child" ] || kill -KILL "$child" 2>/dev/null
	[ -z "$child" ] || wait "$child" 2>/dev/null
	[ "$propagation" = private ] || umount -l "$scratch" 2>/dev/null
	rmdir "$scratch"
}
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM HUP

# In a chroot "/" is no mount point and cannot be made private: inside.sh gives
# it another root, and one mount may become visible out here.
propagation=private
unshare --mount --propagation private true 2>/dev/null || propagation=unchanged

setpriv --pdeathsig KILL \
	unshare --mount --propagation $propagation --pid --fork --kill-child \
	/bin/sh "$here/inside.sh" $propagation "$scratch" "$program" "$@" </dev/null &
child=$!
wait "$child"
status=$?
child=
stop
exit $status
