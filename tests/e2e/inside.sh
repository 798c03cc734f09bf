#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# inside.sh bind|ready SCRATCH JETTISON [OPTION...] - prepares the namespaces
# that run.sh made, then becomes e2e.py.  Nothing mounted here is seen outside.
set -u
here=$(cd "$(dirname "$0")" && pwd -P) || exit 1
step=$1
scratch=$2
shift 2

die() {
	echo "e2e: $*" >&2
	echo "0 passed, 1 failed"
	exit 1
}

if [ "$step" = bind ]; then
	# The daemon's data, the images and the contexts: gone with the namespace.
	mount -t tmpfs -o mode=0755 jettison-e2e "$scratch" || die "cannot mount a tmpfs"
	# The daemon unpacks contexts with pivot_root, for which "/" has to be a
	# mount point; in a chroot it is none.
	mkdir "$scratch/root" && mount --rbind / "$scratch/root" || die "cannot bind /"
	exec chroot "$scratch/root" /bin/sh "$here/inside.sh" ready "$scratch" "$@"
fi

# /proc must show this PID namespace; /sys and a cgroup hierarchy must exist,
# or the daemon refuses to start ("Devices cgroup isn't mounted").
mount -t proc proc /proc || die "cannot mount /proc"
[ -d /sys/kernel ] || mount -t sysfs sysfs /sys || die "cannot mount /sys"
if ! grep -q ' - cgroup2\{0,1\} ' /proc/self/mountinfo; then
	mount -t cgroup2 cgroup2 /sys/fs/cgroup || die "cannot mount cgroup2"
fi

# Some files have fixed places, such as buildah's /run/libpod and its cache in
# /var/lib/containers: nothing but tmpfs can be written.
mount -t tmpfs -o mode=0755 jettison-e2e /run || die "cannot mount a tmpfs"
mount -o remount,bind,ro / || die "cannot make / read-only"
mount -t tmpfs -o mode=0755 jettison-e2e /var/cache || die "cannot mount a tmpfs"
for place in /dev/shm /home /tmp /var /var/lib /var/tmp; do
	grep -q " $place [a-z]" /proc/self/mountinfo || continue
	mount -o remount,bind,ro "$place" || die "cannot make $place read-only"
done
exec /usr/bin/python3 -B "$here/e2e.py" --scratch "$scratch" "$@"
