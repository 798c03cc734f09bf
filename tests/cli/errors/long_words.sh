# SPDX-License-Identifier: Apache-2.0
# A long word in a message ends in "...", and never inside of a character; JSON has the
# path whole.
mkdir -p ctx
d=$(printf '%0101d' 0)
deep=f
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	deep=$d/$deep
done
wide=$(printf '%041d' 0 | sed 's/0/é/g')

# says LINE...: of what it says all is UTF-8.
says() {
	printf '%s\n' "$@" >ctx/Dockerfile
	"$JETTISON" list ctx 2>said.err
	iconv -f UTF-8 -t UTF-8 <said.err
}

for start in '' x; do
	says 'FROM x' "COPY $start$wide /x"
	says 'FROM x' "$start$wide x"
	says 'FROM x' "COPY --$start$wide a /x"
	says "FROM $start$wide"
	says "FROM x AS $start$wide"
	says 'FROM x' "RUN --mount=$start$wide true"
	says 'FROM x' "COPY \${$start$wide} /x"
	says 'FROM x' "COPY \${x:?$start$wide} /x"
	says 'FROM x' "COPY [\"$start$wide*\", \"/x\"]"
done
says 'FROM x' "COPY $deep /x"

# path LINE: that of the error.
path() {
	printf 'FROM x\n%s\n' "$1" >ctx/Dockerfile
	"$JETTISON" list --json ctx 2>&1 | sed -n 's/.*"path":"\([^"]*\)".*/\1/p' >said.path
	wc -c <said.path
}

path "COPY $deep /x"
[ "$(cat said.path)" = "/$deep" ] || echo "the path is another one"
# More than anyone can make, and more than there is room for.
path "COPY $deep/$deep/$deep /x"
"$JETTISON" list ctx
