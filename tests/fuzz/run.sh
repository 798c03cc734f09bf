#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh BUILD SECONDS - runs every fuzz target for its share of SECONDS.
#
# Works on a copy of the corpus.  A crash, a timeout, a leak or too much memory
# fails, and leaves the input below BUILD/fuzz: copy it to corpus/TARGET/ with a
# name that says what it was.
set -eu
[ $# = 2 ] || { echo "usage: run.sh BUILD SECONDS" >&2; exit 2; }
build=$(cd "$1" && pwd)
seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
passed=0
failed=0

# target NAME SHARE MAX_LEN - SHARE in hundredths of the time.
target() {
	work=$build/fuzz/$1
	rm -rf "$work"
	mkdir -p "$work"
	cp -R "$here/corpus/$1" "$work/corpus"
	dict=rules.dict
	case $1 in
	dockerfile | manifest) dict=$1.dict ;;
	esac
	share=$((seconds * $2 / 100))
	[ "$share" -gt 0 ] || share=1
	if "$build/tests/fuzz/fuzz-$1" -max_total_time="$share" -timeout=10 -rss_limit_mb=1024 \
		-max_len="$3" -len_control=10 -dict="$here/$dict" -detect_leaks=1 -print_final_stats=1 \
		-verbosity=0 -artifact_prefix="$work/" \
		"$work/corpus" >"$work/log" 2>&1 && grep -q 'stat::number_of_executed_units: *[1-9]' "$work/log"; then
		echo "$1: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") runs"
		passed=$((passed + 1))
	else
		echo "$1: FAILED, see $work"
		tail -n 40 "$work/log"
		failed=$((failed + 1))
	fi
}

target match 40 1500
target walk 20 800
target tar 5 1200
target dockerfile 20 2000
target manifest 10 3000
target archive 5 4000
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
