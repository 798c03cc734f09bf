# SPDX-License-Identifier: Apache-2.0
# A name that is not needed is no target for a link.
files a/first
mkdir b
ln a/first b/second
ln a/first b/third
dockerfile 'FROM x' 'COPY b /'
jettison pack -o ../ctx.tar
python3 "$CLI/pack/members.py" ../ctx.tar | cut -d ' ' -f 1,6-
jettison manifest | jq -c '[.path, .hardlink]'
