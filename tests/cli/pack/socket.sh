# SPDX-License-Identifier: Apache-2.0
# For BuildKit an empty file.
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
dated sock
chmod 755 sock
for builder in buildkit classic; do
	j pack --builder $builder -o ../s.tar
	python3 "$CLI/pack/members.py" ../s.tar
done
