# SPDX-License-Identifier: Apache-2.0
# A line per instruction, however long or odd its text is; --json has all of it.
files 'ctx/a'
cd ctx
printf 'FROM x\nRUN --mount=source=a,target=/x set -e; \\\n' >Dockerfile
i=0
while [ $i -lt 100 ]; do
	printf '  echo \303\274\303\274 \033[31m %d; \\\n' $i >>Dockerfile
	i=$((i + 1))
done
printf '  true\nCOPY\ta\t/b\n' >>Dockerfile
jettison list --by >out
cat out | od -An -c | grep -c 033
iconv -f UTF-8 -t UTF-8 out
jettison list --by --json | jq -r '[.line, (.instruction | length), .files, .bytes] | @tsv'
