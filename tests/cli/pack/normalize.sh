# SPDX-License-Identifier: Apache-2.0
# Everything that a machine, a user or a moment adds is gone: one hash, whatever they do.
make() {
	mkdir "$1"
	(
		umask "$2"
		cd "$1"
		files d/e/f d/z x/ z
		printf '#!/bin/sh\n' >d/run
		chmod u+x d/run
		ln d/run hard
		ln -s ../d/run x/l
		mkfifo p
		: >"$(printf 'n\303\274')"
		: >"$(printf 'n\377')"
		: >"$(printf '%0150d' 0)"
		truncate -s 1200000 big
	)
}
make one 022
make two 077
find two -exec touch -h -d @1234567890.25 {} +
chmod 750 two/d
chmod 1777 two/x
for root in one two; do
	j pack --normalize $root | sha256sum
	j pack --normalize --jobs 7 $root | sha256sum
	LC_ALL=C.UTF-8 j pack --normalize $root | sha256sum
	(umask 0; j pack --normalize -o $root.tar $root)
	sha256sum <$root.tar
done
SOURCE_DATE_EPOCH=1600000000 j pack --normalize one | sha256sum
SOURCE_DATE_EPOCH=1600000000 j pack --normalize two | sha256sum
# Without it the moment is there.
SOURCE_DATE_EPOCH=1600000000 j pack one | cmp -s - one.tar || echo differs
python3 "$CLI/pack/members.py" one.tar
SOURCE_DATE_EPOCH=1600000000 j pack --normalize -o one.tar one
python3 "$CLI/pack/members.py" one.tar | sed -n '1p;$p'
