# SPDX-License-Identifier: Apache-2.0
# Everything: the ignore file is not even read, so a bad one does no harm.
files a/1 b
rules '*' '[a-'
mkdir empty
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
j list --scope tree -l --dirs | sed 's/ *[0-9]*  / N  /'
code j list --scope tree --ignored
