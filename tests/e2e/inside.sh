#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# inside.sh PROPAGATION SCRATCH JETTISON [OPTION...] - prepares the namespaces
# that run.sh made, then becomes e2e.py.  Nothing mounted here is seen outside.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
propagation=$1
scratch=$2
shift 2

die() {
	echo "e2e: $*" >&2
	echo "0 passed, 1 failed"
	exit 1
}

if [ "$propagation" != chrooted ]; then
	# The daemon's data, the images and the contexts: gone with the namespace.
	mount -t tmpfs -o mode=0755 jettison-e2e "$scratch" || die "cannot mount a tmpfs"
fi
if [ "$propagation" = unchanged ]; then
	# The daemon unpacks contexts with pivot_root, for which "/" has to be a
	# private mount point.
	mount --make-private "$scratch" && mkdir "$scratch/root" &&
		mount --rbind / "$scratch/root" &&
		mount --make-rprivate "$scratch/root" || die "cannot bind /"
	exec chroot "$scratch/root" /bin/sh "$here/inside.sh" chrooted "$scratch" "$@"
fi

# /proc must show this PID namespace; /sys and a cgroup hierarchy must exist,
# or the daemon refuses to start ("Devices cgroup isn't mounted").
mount -t proc proc /proc || die "cannot mount /proc"
[ -d /sys/kernel ] || mount -t sysfs sysfs /sys || die "cannot mount /sys"
if ! grep -q ' - cgroup2\{0,1\} ' /proc/self/mountinfo; then
	mount -t cgroup2 cgroup2 /sys/fs/cgroup || die "cannot mount cgroup2"
fi
exec /usr/bin/python3 -B "$here/e2e.py" --scratch "$scratch" "$@"
