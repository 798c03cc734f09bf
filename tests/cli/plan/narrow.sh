# SPDX-License-Identifier: Apache-2.0
# 60 columns: instructions are cut where they do not fit, between characters.
files docs/a.md
printf 'FROM x\nCOPY --chown=user:group docs/a.md docs /usr/share/aaaa/\303\274\303\274\303\274\303\274\303\274\303\274\303\274\n' >Dockerfile
for columns in 40 59 60 61 62 63 64 65 200; do
	COLUMNS=$columns jettison plan | sed -n '/:2/p' >out
	iconv -f UTF-8 -t UTF-8 out
	[ "$(head -c -1 out | wc -c)" -le $columns ] || echo "too wide for $columns"
done
