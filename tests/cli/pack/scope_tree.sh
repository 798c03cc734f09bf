# SPDX-License-Identifier: Apache-2.0
# Everything, but no tar can hold a socket.
files a .git/HEAD
rules .git
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
j pack --scope tree | tar -t
