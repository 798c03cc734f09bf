# SPDX-License-Identifier: Apache-2.0
# When files cannot be read to the end the builder never sees an end of the archive.
. "$CLI/build/fake"
cat >../bin/docker <<'END'
#!/bin/sh
case $1 in --version) exit ;; esac
trap 'echo "told to end"; kill $!; exit 1' TERM
exec 3<&0
cat <&3 >"$SEEN" &
wait $!
echo "saw the end: $?"
END
chmod +x ../bin/docker
cp ../bin/docker ../bin/podman
# It may be told so before it can say anything.
sed -i 's/echo "told to end"; //' ../bin/docker
export SEEN="$PWD/../seen"
files a closed/x z/x
yes | head -c 1048576 >b
dockerfile 'FROM scratch' 'COPY . /'
export DOCKER_BUILDKIT=0
chmod 0 closed/x
# The precheck of the classic builder would see it before anything is sent.
dockerfile 'FROM scratch' 'COPY a b closed z /'
[ "$(id -u)" != 0 ] || chown -R 65534 .. .
run() {
	PATH=$bin:$tools:$PATH code as_user "$JETTISON" build "$@" .
	# tar takes a file of no bytes, too, and one that ends behind an entry; a whole one
	# ends with two blocks of zeroes.
	if [ -s ../seen ] && tar -tf ../seen >/dev/null 2>&1 &&
		[ "$(tail -c 1024 ../seen | tr -d '\0' | wc -c)" = 0 ]; then
		echo "a whole archive"
	else
		echo "not a whole archive"
	fi
}
echo "--- nothing is sent"
rm -f ../seen
run --builder classic
echo "--- half of it is sent"
run --with podman
echo "--- one that does not listen"
sed -i "s/^trap.*/trap '' TERM/" ../bin/podman
run --with podman
