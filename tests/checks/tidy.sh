#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tidy.sh BUILD - clang-tidy's bug finders over the library and the program.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
checks='-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,'
checks="$checks"'-bugprone-implicit-widening-of-multiplication-result,-bugprone-assignment-in-if-condition,'
# Not texts but fields; arrays of pointers; a false alarm of clang 14's.
checks="$checks"'-bugprone-not-null-terminated-result,-bugprone-sizeof-expression,'
checks="$checks"'-bugprone-reserved-identifier,clang-analyzer-*,-clang-analyzer-valist.Uninitialized,'
checks="$checks"'-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling'
# A third of the analyzer's usual limit for a function: a third of the time.
limit="--extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=75000"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if git ls-files --cached --others --exclude-standard 'src/*.c' | grep -vE 'unicode_data|os_posix' |
	xargs -P "$(nproc)" -n 4 clang-tidy -p "$1" --quiet --warnings-as-errors='*' --checks="$checks" $limit 2>/dev/null >"$log"; then
	exit 0
fi
# First how it came to it, then what is wrong.
cat "$log"
grep ' error: ' "$log" || echo "clang-tidy did not end well"
exit 1
