# SPDX-License-Identifier: Apache-2.0
# A disk that gets full: nothing is left on it, neither of an archive nor of a directory.
if [ "$(id -u)" != 0 ] || ! unshare --mount true 2>/dev/null; then
	cat "$CLI/pack/small_disk.out"
	exit
fi
files ctx/a ctx/d/b
head -c 3000000 /dev/zero | tr '\0' x >ctx/d/big
mkdir disk
cat >inside.sh <<'SH'
mount -t tmpfs -o size=2m none disk
set -- "$JETTISON" pack --scope context
for words in '-o disk/ctx.tar' '--format dir -o disk/ctx' '--format dir --normalize -o disk/ctx'; do
	"$@" $words ctx 2>&1
	echo "exit $?"
	ls -A disk
done
mkdir disk/old
echo old >disk/old/file
"$@" --format dir --replace -o disk/old ctx 2>&1
echo "exit $?"
find disk
SH
unshare --mount sh inside.sh
