# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What every case of run.sh may use.

# jettison itself.
jettison() {
	"$JETTISON" "$@"
}

# The same with scope context, unless the case names a scope: most cases are about
# rules, and their trees have no Dockerfile.
j() {
	case " $* " in
	*" --scope"* | *" -h "* | *" --help "*) ;;
	" list "* | " why "* | " pack "* | " manifest "* | " digest "* | " verify "* | " diff "*)
		verb=$1
		shift
		set -- "$verb" --scope context "$@"
		;;
	esac
	"$JETTISON" "$@"
}

# code COMMAND...: what it writes, and then a line with its exit code.
code() {
	"$@"
	echo "exit $?"
}

# built_in WHAT: the case is about what a program with nothing but the C library lacks.
built_in() {
	case $1 in
	sha256 | cache | archive) mkdir ../probe ;;
	*) echo "built_in: what is $1?" >&2 && exit 2 ;;
	esac
	case $1 in
	sha256) "$JETTISON" manifest -q --scope tree --hash sha256 ../probe ;;
	cache) "$JETTISON" cache ../probe ;;
	archive) echo | "$JETTISON" verify -q - ../probe ;;
	esac >/dev/null 2>../probe.err || ! grep -q 'not built in' ../probe.err || exit 77
	rmdir ../probe
}

# takes_long: the case is left out where tests are shortened; see tests/CMakeLists.txt.
takes_long() {
	[ "${JETTISON_SHORT:-0}" = 0 ] || exit 77
}

# files PATH...: files with their path as content, "DIR/" a directory.
files() {
	for path; do
		case $path in
		*/) mkdir -p "$path" ;;
		*/*) mkdir -p "${path%/*}" && printf '%s\n' "$path" >"$path" ;;
		*) printf '%s\n' "$path" >"$path" ;;
		esac
	done
}

# settle: waits until a cache remembers all files here.  What has changed within the last
# tick of the file system's clock is not, because it could change again unseen.
settle() {
	all="$(find . -type f -printf '%i\n' | sort -u | wc -l) files"
	tries=0
	until "$JETTISON" digest --scope tree --cache=../settle >../settle.out &&
		[ "$("$JETTISON" cache ../settle | grep -o '[0-9]* files')" = "$all" ]; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || { echo "not settled: $all" >&2 && return 1; }
		rm -rf ../settle
		sleep 0.02
	done
	rm -rf ../settle
}

# rules LINE...: the ignore file of the current directory.
rules() {
	printf '%s\n' "$@" >.dockerignore
}

# dated PATH...: the same times for all, also for links.
dated() {
	touch -h -d @1700000000 "$@"
}

# as_user COMMAND...: with the rights of nobody in particular.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# pty COMMANDLINE: on a terminal, standard output and standard error in one.
pty() {
	script -qec "$1" /dev/null </dev/null | tr -d '\r'
}

# dockerfile LINE...: the Dockerfile of the current directory.
dockerfile() {
	printf '%s\n' "$@" >Dockerfile
}

# odd_names: files whose names are hard on formats; two of them in a directory.
odd_names() {
	mkdir odd
	for name in plain ' space' 'a b' '-' '*star' '#hash' 'eq=al' 'back\\slash' "quo'te" 'dq"x' \
		'comma,x' 'br[a]c?e' "$(printf 'tab\tx')" "$(printf 'cr\rx')" "$(printf 'nl\nx')" \
		"$(printf 'cr\r')" "$(printf 'latin\351')" "$(printf 'utf\303\251')" 'tail ' 'odd/in side' \
		'odd/\\'; do
		printf '%s' "$name" >"./$name"
	done
	ln -s 'to where,"x"' 'link\'
}

# project: a Dockerfile of four stages, what they read, and more than that.
project() {
	files go.mod go.sum src/main.c src/lib/x.c docs/a.md web/index.js web/package.json \
		tests/t.sh secret.key debug.log
	rules '*.log'
	dockerfile \
		'FROM golang:1.22 AS build' \
		'COPY go.mod go.sum ./' \
		'COPY src ./src' \
		'RUN --mount=type=bind,source=docs,target=/docs make' \
		'' \
		'FROM node@sha256:6e3efd8fc7802b18061a192713f69ad96e3efd8fc7802b18061a192713f69ad9 AS web' \
		'COPY web/*.json ./' \
		'COPY web .' \
		'' \
		'FROM build AS test' \
		'COPY tests /tests' \
		'' \
		'FROM scratch' \
		'COPY --from=build /bin/x /' \
		'COPY --from=web /dist /dist' \
		'COPY docs/a.md /'
}

# refused LINE...: what list says of such a Dockerfile, as text and as an object.
refused() {
	dockerfile "$@"
	code "$JETTISON" list 2>&1
	code "$JETTISON" list --json 2>/dev/null | sed '$d'
}

# needed LINE...: what such a Dockerfile needs.
needed() {
	dockerfile "$@"
	echo "--- $*"
	"$JETTISON" list 2>&1
}
