# SPDX-License-Identifier: Apache-2.0
# Two ignore files over one tree; contents are not even read.
files a.log b.log src/x.c src/y.log
dated a.log b.log src/x.c src/y.log
chmod 0 a.log
printf '*.log\n' >.dockerignore
printf 'src\n' >../new
printf '**/*.log\n' >../third
code j diff --against ../new
code j diff --ignore-file ../third --against ../new .
code j diff --ignore-file .dockerignore --against ../third --json
code j diff --against .dockerignore
j diff --against ../third --stat
code j diff --against ../nothing
code j diff --against ../new . .
code j diff --against ../new ../new
