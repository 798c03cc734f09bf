#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols.sh BUILD - the shared library exports what jettison.h declares, and
# nothing else; the static one defines no global name without jet_.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
declared=$(cc -E -P "$here/../../include/jettison.h" | grep -oE 'jet_[a-z_0-9]+\(' |
	tr -d '(' | sort -u)
got=$(nm -D --defined-only "$build/libjettison.so" | awk '$2 ~ /[TDBRV]/ { print $3 }' | sort)
failed=0
[ -n "$declared" ] || { echo "no declarations found"; exit 1; }
[ "$declared" = "$got" ] || {
	echo "declared and exported differ:"
	printf '%s\n' "$declared" >"$build/declared.txt"
	printf '%s\n' "$got" | diff "$build/declared.txt" - || true
	failed=1
}
foreign=$(nm --defined-only "$build/libjettison.a" 2>/dev/null | awk '$2 ~ /[TDBRC]/ && $3 !~ /^jet_/ { print $3 }' | sort -u)
[ -z "$foreign" ] || { echo "global names without jet_: $foreign"; failed=1; }
exit $failed
