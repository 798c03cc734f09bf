#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh PROGRAM [--update] [CASE...] - runs jettison as a user would.
#
# A case is a shell script VERB/NAME.sh.  It runs in an empty directory of its
# own (and may use the one above), with prelude.sh read before it and PROGRAM in
# $JETTISON; what it writes must be VERB/NAME.out and VERB/NAME.err, and its exit
# code what VERB/NAME.exit says.  A file that is missing stands for empty output
# and for exit code 0.  One that ends with exit code 77 is skipped: prelude.sh's
# built_in does that where the program lacks what it is about.  CASE is VERB, VERB/NAME or VERB/NAME.sh; without one all
# cases are run.
#
# --update writes the expectation files from what the program does.  Read the
# difference before you commit it: it is the test.
set -u

die() {
	echo "run.sh: $*" >&2
	exit 2
}

[ $# -ge 1 ] || die "usage: run.sh PROGRAM [--update] [CASE...]"
here=$(cd "$(dirname "$0")" && pwd) || exit 2
program=$1
shift
[ -f "$program" ] && [ -x "$program" ] || die "no program $program"
update=
if [ "${1-}" = --update ]; then
	update=yes
	shift
fi

# ---- the place where cases run -----------------------------------------------

umask 022
base=$(mktemp -d "${TMPDIR:-/tmp}/jettison-cli.XXXXXX") || exit 2
clean() {
	# A case may leave what its own user cannot read.
	[ "$(id -u)" = 0 ] || chmod -R u+rwx "$1" 2>/dev/null
	rm -rf "$1"
}
trap 'clean "$base"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
# Users without rights run the program too, wherever the build directory is.
chmod 755 "$base"
cp "$program" "$base/jettison" || exit 2

run_case() {
	clean "$base/case"
	mkdir -p "$base/case/work"
	(
		cd "$base/case/work" || exit 2
		unset COLUMNS NO_COLOR SOURCE_DATE_EPOCH POSIXLY_CORRECT
		unset XDG_CACHE_HOME
		# A home of its own: caches of the user who runs the tests are none of their
		# business.
		HOME=$base/case/home
		LC_ALL=C TERM=dumb JETTISON=$base/jettison CLI=$here
		export HOME LC_ALL TERM JETTISON CLI
		# One that hangs fails with exit code 124.
		exec timeout -k 10 "${CASE_SECONDS:-300}" \
			sh -u -c '. "$CLI/prelude.sh"; . "$CLI/$1.sh"' sh "$1"
	) >"$base/out" 2>"$base/err" </dev/null
	echo $? >"$base/exit"
}

# ---- comparing ---------------------------------------------------------------

# What is expected, or what stands for it.
expected() {
	if [ -f "$here/$1.$2" ]; then
		cat "$here/$1.$2"
	elif [ "$2" = exit ]; then
		echo 0
	fi
}

check() {
	same=yes
	for kind in out err exit; do
		expected "$1" $kind >"$base/expected"
		diff -a -u --label "$1.$kind" --label "this run" "$base/expected" "$base/$kind" || same=no
	done
	[ $same = yes ]
}

rewrite() {
	for kind in out err exit; do
		rm -f "$here/$1.$kind"
		[ $kind = exit ] && [ "$(cat "$base/exit")" = 0 ] && continue
		[ ! -s "$base/$kind" ] || cp "$base/$kind" "$here/$1.$kind"
	done
}

# ---- which cases -------------------------------------------------------------

cd "$here" || exit 2
[ $# -gt 0 ] || set -- */
cases=
for name; do
	name=${name%/}
	if [ -d "$name" ]; then
		found=$(ls "$name"/*.sh 2>/dev/null)
	else
		found=$(ls "${name%.sh}.sh" 2>/dev/null)
	fi
	[ -n "$found" ] || die "no case $name"
	cases="$cases $found"
done

passed=0
failed=0
for case in $cases; do
	case=${case%.sh}
	run_case "$case"
	[ "$(cat "$base/exit")" != 77 ] || continue
	[ -z "$update" ] || rewrite "$case"
	if check "$case"; then
		passed=$((passed + 1))
	else
		echo "FAILED $case"
		failed=$((failed + 1))
	fi
done
# An expectation without its case would never be looked at again.
for file in */*.out */*.err */*.exit; do
	[ -f "$file" ] && [ ! -f "${file%.*}.sh" ] || continue
	echo "FAILED $file: there is no ${file%.*}.sh"
	failed=$((failed + 1))
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
