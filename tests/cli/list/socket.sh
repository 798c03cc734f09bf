# SPDX-License-Identifier: Apache-2.0
# BuildKit makes an empty file of a socket, the others drop it.
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
chmod 755 sock
dated sock
for builder in buildkit classic classic-20.10 buildah; do
	echo "$builder"
	j list --json --builder $builder
done
