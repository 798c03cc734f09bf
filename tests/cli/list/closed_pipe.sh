# SPDX-License-Identifier: Apache-2.0
# Whoever closed the pipe has seen enough: no message, exit code 0.
cat >wide.py <<'PY'
import os
os.mkdir("ctx")
for i in range(20000):
    os.close(os.open("ctx/%030d" % i, os.O_CREAT | os.O_WRONLY))
PY
python3 wide.py
{
	j list -v ctx 2>err
	echo "exit $?" >code
} | head -n 1
cat code
cat err
