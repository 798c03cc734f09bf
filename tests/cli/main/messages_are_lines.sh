# SPDX-License-Identifier: Apache-2.0
# A name with control characters cannot forge a line or move the cursor.
name=$(printf 'x\n\033[2Jy')
code j list "$name"
code j why "../$name"
mkdir ctx
printf '' >"ctx/$name"
python3 -c 'import socket, os; os.chdir("ctx"); socket.socket(socket.AF_UNIX).bind("so\nck")'
j list -0 ctx | tr '\0' '@' | od -An -c
j list ctx
j "$name"
