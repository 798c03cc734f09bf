#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# reference.sh BUILD [SEED] - the engine and its twin against the real matcher.
#
# moby/patternmatcher from Debian's golang-github-moby-patternmatcher-dev answers
# random lists; jettison-vectors and twin-vectors replay its answers.  What
# that old version does differently stands in reference/differences.go.
set -eu
[ $# -ge 1 ] || { echo "usage: reference.sh BUILD [SEED]" >&2; exit 2; }
build=$(cd "$1" && pwd)
seed=${2:-1}
lists=${REFERENCE_LISTS:-21000} # of which a few are set aside
source=$(cd "$(dirname "$0")" && pwd)/reference
work=$build/reference
mkdir -p "$work"

# Without modules and without the network: everything is in /usr/share/gocode.
# Source files are named one by one, so that their directory need be no package.
env GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/cache" GOPROXY=off GOFLAGS= GOTOOLCHAIN=local \
	go build -o "$work/reference" "$source/main.go" "$source/differences.go"
"$work/reference" -check

"$build/tests/property/twin-engine" --seed "$seed" --print "$lists" >"$work/lists.jsonl"
"$work/reference" -vectors "$work/vectors.jsonl" -old "$work/old.jsonl" <"$work/lists.jsonl"

passed=0
failed=0
# replay NAME COMMAND... - takes the last line, "N passed, M failed", into the sum.
replay() {
	log=$work/$1.log
	shift
	"$@" >"$log" 2>&1 || true
	grep -vE '^[0-9]+ passed, [0-9]+ failed$' "$log" || true
	set -- $(sed -nE '$s/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log") none
	# A runner that died, or saw fewer lists than there are, has failed.
	[ "$1" != none ] || set -- 0 1
	[ $(($1 + $2)) -ge $((lists * 49 / 50)) ] || set -- "$1" $(($2 + 1))
	passed=$((passed + $1))
	failed=$((failed + $2))
}
replay engine "$build/jettison-vectors" ignore "$work/vectors.jsonl"
replay twin "$build/tests/property/twin-vectors" "$work/old.jsonl"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
