# SPDX-License-Identifier: Apache-2.0
# As git: names, bytes and bars, cut to the width of the terminal; a sum.
mkdir one two
(cd one && printf 123 >gone && printf 1234567890 >shrinks && printf x >mode && printf x >same)
(cd two && head -c 2000 /dev/zero >grown && printf 12345 >shrinks && printf x >mode && printf x >same)
chmod 755 two/mode
mkdir -p two/a/very/long/way/down/to/a/directory two/a/very/long/way/down/to/another/one
printf 1 >two/a/very/long/way/down/to/a/directory/file
code j diff --stat one two
COLUMNS=50 j diff --stat one two
j diff --stat one one
