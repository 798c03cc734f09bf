# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What every case of run.sh may use.

# jettison itself.
j() {
	"$JETTISON" "$@"
}

# code COMMAND...: what it writes, and then a line with its exit code.
code() {
	"$@"
	echo "exit $?"
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
