# SPDX-License-Identifier: Apache-2.0
# The examples of the help are command lines that parse: none asks for an option
# that is not there.
files Dockerfile a src/main.c dist/app.js app/Dockerfile .env
for command in '' list why pack manifest; do
	j $command --help | sed -n '/^examples/,$s/^  \(jettison .*\)/\1/p' | sed 's/ [|&].*//' >lines
	while read -r line; do
		line=${line#jettison }
		eval "set -- $line"
		j "$@" </dev/null 2>&1 >/dev/null | grep -v -e note: -e 'no such file'
		echo "$line"
	done <lines
done
