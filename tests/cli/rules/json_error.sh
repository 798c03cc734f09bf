# SPDX-License-Identifier: Apache-2.0
# With --json the error is an object too: class, message, file, line.
files a
printf 'a\n[\n' >.dockerignore
code j list --json
code j why --json a
code j pack --json
code j manifest --json
