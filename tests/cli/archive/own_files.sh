# SPDX-License-Identifier: Apache-2.0
# What is in an archive is never a file of jettison's own, whatever is written or remembered
# where the run takes place; the cache keeps nothing of it.
built_in cache
built_in archive
dockerfile 'FROM scratch' 'COPY . /'
files a .c/guard ctx.ndjson
tar -cf ../ctx.tar .
mkdir ../here
cd ../here
for run in 1 2; do
	jettison manifest --format csv -o ctx.ndjson - <../ctx.tar
	cut -d , -f 1 ctx.ndjson
	jettison digest --cache=.c - <../ctx.tar
	jettison digest --cache=. --json - <../ctx.tar | grep -o '"files.*'
done
jettison cache .c | grep -o '[0-9]* files'
jettison digest ../work
# Two sides: an archive and what stands for it.
jettison manifest -q --format sha256sum - <../ctx.tar >sums
cut -c 65- sums
code jettison verify sums - <../ctx.tar
code jettison verify --size-only sums - <../ctx.tar
jettison manifest --format xxh128sum - <../ctx.tar >other
code jettison diff -q sums other
