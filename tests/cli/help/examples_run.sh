# SPDX-License-Identifier: Apache-2.0
# The examples of the help are command lines that parse: none asks for an option
# that is not there.
files a src/main.c dist/app.js app/a .env
for directory in . app; do
	(cd $directory && dockerfile 'FROM scratch AS test' 'COPY . /')
done
for command in '' list why plan pack manifest digest verify diff cache; do
	jettison $command --help | sed -n '/^examples/,$s/^  \(jettison .*\)/\1/p' | sed 's/ [|&<>].*//' >lines
	while read -r line; do
		line=${line#jettison }
		eval "set -- $line"
		jettison "$@" </dev/null 2>&1 >/dev/null | grep -v -e note: -e 'no such file' -e 'is empty' -e 'not built in'
		echo "$line"
	done <lines
done
