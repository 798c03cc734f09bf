# SPDX-License-Identifier: Apache-2.0
# GNU tar unpacks the very same tree.
files ctx/dir/file ctx/empty/ 'ctx/sp ace' "ctx/$(printf 'new\nline')" "ctx/$(printf '\377')" 'ctx/back\slash'
chmod 2750 ctx/dir/file
chmod 555 ctx/empty
ln -s dir/file ctx/link
ln ctx/dir/file ctx/hard
mkfifo ctx/pipe
seq 100000 >ctx/big
touch -d @1600000000 ctx/dir/file ctx/big
mkdir out
j pack -o ctx.tar ctx
tar -xpf ctx.tar -C out
j manifest ctx | sed 's/\.[0-9]*","/","/; s/\.[0-9]*"}/"}/' >before
j manifest out | sed 's/\.[0-9]*","/","/; s/\.[0-9]*"}/"}/' >after
diff before after && wc -l <before
[ ctx/hard -ef ctx/dir/file ] && [ out/hard -ef out/dir/file ] && echo linked
chmod 755 ctx/empty out/empty
