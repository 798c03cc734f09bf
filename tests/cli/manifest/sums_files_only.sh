# SPDX-License-Identifier: Apache-2.0
# Lists for sha256sum -c hold what it can read: no directory, link, FIFO, device or socket,
# whoever ships what of it. They are still what the context is.
built_in sha256
files d/a
ln -s d/a link
mkfifo fifo
[ "$(id -u)" != 0 ] || mknod null c 1 3
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("d/sock")'
for format in sha256sum xxh128sum; do
	for builder in buildkit classic buildah; do
		for scope in context tree; do
			jettison manifest -q --builder $builder --scope $scope --format $format >../list
			cut -d ' ' -f 3- ../list
			jettison verify -q --builder $builder --scope $scope ../list
			jettison pack -q --builder $builder --scope $scope -o ../tar --manifest ../list2 \
				--manifest-format $format 2>/dev/null
			cmp ../list ../list2
		done
	done | sort | uniq -c | sed 's/^ *//'
done
jettison manifest -q --scope context --format sha256sum | sha256sum -c
