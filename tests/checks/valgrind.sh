#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# valgrind.sh BUILD - the tricky vectors and a sample of commands without an
# invalid read, an undefined value or a leak.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
vg="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,possible"
$vg "$build/jettison-vectors" ignore "$root/tests/vectors/tricky.jsonl.gz"
$vg "$build/jettison-vectors" trees "$root/tests/vectors/trees.jsonl.gz"
$vg "$build/jettison-vectors" needs "$root/tests/vectors/needs.jsonl.gz"
cd "$root"
for command in "list --json ." "list --ignored --dirs ." "manifest ." "manifest --format mtree --hash sha256,xxh128 ." "digest --with-dockerfile ." "pack ." "build --dry-run --with buildah ." "plan ." "list --scope context src" \
	"why --trace src/cli/main.c nope"; do
	$vg "$build/jettison" $command >/dev/null
done
$vg "$build/jettison" manifest . >"$build/valgrind.ndjson"
$vg "$build/jettison" verify "$build/valgrind.ndjson" .
$vg "$build/jettison" diff --stat "$build/valgrind.ndjson" .
$vg "$build/jettison" pack . 2>/dev/null | $vg "$build/jettison" verify "$build/valgrind.ndjson" -
for command in "list --json" "pack --xattrs" "why -C - README.md nope"; do
	case $command in
	*-C*) tar -cf - README.md src | $vg "$build/jettison" $command --scope context ;;
	*) tar -czf - README.md src | $vg "$build/jettison" $command --scope context - ;;
	esac >/dev/null
done
head -c 5000 /dev/urandom | $vg "$build/jettison" list - 2>/dev/null || [ $? = 2 ]
for i in 1 2; do
	$vg "$build/jettison" digest --cache="$build/valgrind.cache" . >/dev/null
done
rm -r "$build/valgrind.ndjson" "$build/valgrind.cache"
