# SPDX-License-Identifier: Apache-2.0
# The chain of links is in the archive, so that the build finds its way.
files real/sub/x real/y out
ln -s real one
ln -s one/sub two
dockerfile 'FROM x' 'COPY two /'
jettison pack -o ../ctx.tar
python3 "$CLI/pack/members.py" ../ctx.tar | cut -d ' ' -f 1,6-
mkdir ../again
tar -xf ../ctx.tar -C ../again
cd ../again && jettison list
