# SPDX-License-Identifier: Apache-2.0
# A file that is replaced keeps its mode and its owner, also while it is written.
files ctx/a
for mode in 600 640 644 755; do
	echo old >f
	chmod $mode f
	j pack -o f ctx
	stat -c '%a' f
done
tar -tf f
echo old >m
chmod 600 m
j manifest -o m ctx
stat -c '%a' m
echo "--- while it is written"
echo old >f
chmod 600 f
umask 0
mkdir big
truncate -s 300M big/sparse
"$JETTISON" pack --scope context -o f big &
while ! ls f.*.partial 2>/dev/null | grep -q .; do kill -0 $! || break; done
stat -c '%a' f.*.partial
kill $!
wait $! 2>/dev/null
stat -c '%a' f
ls | grep -c partial
echo "--- what may not be written is not replaced"
umask 022
chmod 777 .
echo old >theirs
code as_user "$JETTISON" pack --scope context -o theirs ctx
cat theirs
[ "$(id -u)" != 0 ] || {
	echo "--- the group is no wider than it was"
	mkdir -m 777 open
	echo old >open/f
	chown 65534:12345 open/f
	chmod 664 open/f
	as_user "$JETTISON" pack --scope context -o open/f ctx
	stat -c '%a %g' open/f
	chown 65534:12345 open/f
	chmod 660 open/f
	as_user "$JETTISON" pack --scope context -o open/f ctx
	stat -c '%a %g' open/f
	j pack -o open/f ctx
	stat -c '%a %u' open/f
}
