# SPDX-License-Identifier: Apache-2.0
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
for builder in buildkit classic classic-20.10 buildah; do
	j why --builder $builder sock
done
j why --builder classic --json sock
