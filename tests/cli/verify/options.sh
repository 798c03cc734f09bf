# SPDX-License-Identifier: Apache-2.0
# Modes and times, and JSON.
files a d/
dated a d
j manifest >../m
chmod 600 a
chmod 700 d
touch -d @5 a
code j verify ../m
code j verify --normalize ../m
code j verify --normalize --mtime ../m
chmod 755 a
code j verify --normalize ../m
code j verify --json ../m | sed 's/"mtime":"[^"]*",//g'
mv a b
code j verify --json --mtime ../m | grep -v '"path":"d"'
