# SPDX-License-Identifier: Apache-2.0
# Kept directories, empty ones too, and those that only something below keeps.
files a/b/c empty/ left/out/x left/in
rules 'left/*' '!left/in'
j list --dirs
