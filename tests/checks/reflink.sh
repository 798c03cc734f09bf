#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# reflink.sh JETTISON - a directory whose files share their blocks with the context's.
#
# XFS in a file, mounted in a mount namespace of its own: when this script ends, however
# it ends, the mount is gone.  Contents are hashed on the way with --normalize and
# --manifest; they must be shared all the same, and the hashes those of the contents.
set -u
here=$(cd "$(dirname "$0")" && pwd -P)
program=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")

skip() {
	echo "reflink: SKIPPED, because $*"
	echo "0 passed, 0 failed"
	exit 0
}

if [ "${2:-}" != inside ]; then
	[ "$(id -u)" = 0 ] || skip "only root can mount"
	for tool in mkfs.xfs filefrag unshare; do
		command -v $tool >/dev/null || {
			echo "reflink: there is no $tool (xfsprogs, e2fsprogs, util-linux)"
			exit 1
		}
	done
	# In a chroot "/" is no mount point, so that unshare cannot make mounts private itself.
	private() {
		unshare --mount --propagation unchanged /usr/bin/python3 -B "$here/../e2e/private.py" "$@"
	}
	why=$(private /bin/true 2>&1) || skip "there are no mount namespaces: $why"
	work=$(mktemp -d) || exit 2
	trap 'rm -rf "$work"' EXIT
	trap 'exit 130' INT TERM HUP
	truncate -s 400M "$work/disk" && mkfs.xfs -q -m reflink=1 "$work/disk" || exit 2
	private /bin/sh "$here/reflink.sh" "$program" inside "$work"
	exit
fi

cd "$3" && mkdir mounted || exit 2
mount -o loop disk mounted 2>why || skip "mount says: $(cat why)"
cd mounted || exit 2
mkdir -p context/sub
head -c 8000000 /dev/urandom >context/sub/big
head -c 5000 /dev/urandom >context/small
: >context/empty
passed=0 failed=0

# shared FILE: are all of its blocks those of another file, too?
shared() {
	filefrag -v "$1" | awk '/^ *[0-9]+:/ { n++; if (/shared/) s++ } END { exit !(n && n == s) }'
}

# check NAME [OPTION...]
check() {
	name=$1
	shift
	wrong=
	"$program" pack -q --scope tree --format dir "$@" -o "$name" context || wrong="$wrong pack"
	sync
	for file in sub/big small empty; do
		cmp -s "context/$file" "$name/$file" || wrong="$wrong content:$file"
	done
	for file in sub/big small; do
		shared "$name/$file" || wrong="$wrong blocks:$file"
	done
	[ ! -e "$name.sums" ] || (cd "$name" && sha256sum --quiet -c "../$name.sums") || wrong="$wrong sums"
	if [ -z "$wrong" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$name: wrong:$wrong"
	fi
}

check plain
check normalized --normalize
check hashed --manifest hashed.sums --manifest-format sha256sum
check both --normalize --manifest both.sums --manifest-format sha256sum
# A clone that is written to is no longer one.
printf x >>plain/small
[ "$(wc -c <context/small)" = 5000 ] && passed=$((passed + 1)) || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
