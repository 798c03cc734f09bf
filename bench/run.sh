#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh [list|needs|rules|read|compress|cold]... - ratios on generated trees; without a name
# all but cold, which makes the kernel forget its caches, and so needs root.
#
# SCALE=small (default, minutes) or full (the trees of docs: a million files);
# TREES=DIR keeps the trees there.  Called by script/bench, which installs the
# peers.  What each row does differently stands in bench/README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
jettison=$root/build/release/jettison
work=$root/build/bench
trees=${TREES:-$work/trees}
rounds=${ROUNDS:-7}
mkdir -p "$work" "$trees"

tree() { # NAME GENERATOR ARGUMENTS...
	[ -d "$trees/$1" ] || nice "$here/trees/gen_trees.py" "$2" "$trees/$1" "${@:3}" >&2
}

if [ "${SCALE:-small}" = full ]; then
	tree app t1
	tree wide t2
	tree big t3
	tree mid t2 --files 100000 --dirs 5000
	mid=mid
else
	tree app t1 --files 20000
	tree wide t2 --files 100000 --dirs 5000
	tree big t3 --gib 1 --small 500
	mid=wide
fi
[ -d "$trees/rules" ] || "$here/trees/gen_trees.py" ignores "$trees/rules"
for name in wide $mid; do
	[ -d "$trees/needs/$name" ] ||
		"$here/trees/gen_trees.py" dockerfiles "$trees/needs/$name" "$trees/$name"
done
gcc -O3 -o "$work/floor" "$here/floor.c"
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/go-cache GOFLAGS=
go build -o "$work/walk" "$here/peers/walk.go"

# The tree is copied nowhere; rules come from outside, so all read the same.
bench_list() {
	local typical=$trees/rules/typical.star
	"$here/timing.py" -r "$rounds" -t "list, 40 rules, $(basename "$trees")/wide" \
		"floor=$work/floor $trees/wide" \
		"jettison, no rules=$jettison list -q --scope context $trees/wide" \
		"jettison, 40 rules=$jettison list -q --scope context --ignore-file $typical $trees/wide" \
		"jettison, ignored=$jettison list -q --scope context --ignored --ignore-file $typical $trees/wide" \
		"find=find $trees/wide" \
		"bfs=bfs $trees/wide" \
		"fd, its own rules=fdfind -HI --no-ignore --ignore-file $typical . $trees/wide" \
		"rg, its own rules=rg --files --hidden --no-ignore-vcs --ignore-file $typical $trees/wide" \
		"moby/patternmatcher (Go)=$work/walk $trees/wide $typical"
}

# Dockerfiles come from outside too.  A process that does nothing is a row, as
# starting one is most of what twelve files cost.
bench_needs() {
	local of style twelve=$trees/needs/wide/12.literal
	local commands=("floor=$work/floor $trees/$mid"
		"jettison, context=$jettison list -q --scope context $trees/$mid")
	for style in literal dir glob all; do
		of=$trees/needs/$mid/200.$style
		commands+=("jettison, 200 COPY, $style=$jettison list -q -f $of $trees/$mid")
	done
	"$here/timing.py" -r "$rounds" -t "200 COPY lines, $("$work/floor" "$trees/$mid") entries" \
		"${commands[@]}"
	"$here/timing.py" -r "$rounds" -t "12 files of $("$work/floor" "$trees/wide") entries" \
		"floor=$work/floor $trees/wide" \
		"jettison, context=$jettison list -q --scope context $trees/wide" \
		"jettison, 12 COPY, literal=$jettison list -q -f $twelve $trees/wide" \
		"nothing=/bin/true"
	calls "$jettison" list -q -f "$twelve" "$trees/wide"
}

calls() { # COMMAND... - the system calls of one run; output is dropped
	local table=$work/calls
	if ! command -v strace >/dev/null; then
		echo "bench: no strace here, so no count of system calls" >&2
	elif ! strace -c -f -o "$table" "$@" >/dev/null; then
		echo "bench: strace failed, so no count of system calls" >&2
	else
		cat "$table"
		echo
	fi
}

bench_rules() {
	local size style commands=("none=$jettison list -q --scope context $trees/wide")
	for size in small typical big huge; do
		for style in plain star exc; do
			commands+=("$size.$style=$jettison list -q --scope context --ignore-file $trees/rules/$size.$style $trees/wide")
		done
	done
	"$here/timing.py" -r "$rounds" -t "10, 40, 1,000, 10,000 rules" "${commands[@]}"
}

# What reads everything; $1: the tree, $2 what timing.py does before each run.
read_rows() {
	local tree=$trees/$1 cache=$work/cache scope="--scope context"
	"$here/timing.py" -r "$rounds" -t "everything of $1, ${2:+not }in memory" ${2:+-b "$2"} \
		"floor, files read=$work/floor -r $tree" \
		"tar to a pipe=tar -C $tree -cf - . | cat" \
		"bsdtar to a pipe=bsdtar -C $tree -cf - . | cat" \
		"jettison pack to a pipe=$jettison pack -q $scope $tree | cat" \
		"the same and a manifest=$jettison pack -q --manifest $work/manifest $scope $tree | cat" \
		"jettison manifest=$jettison manifest -q $scope $tree" \
		"jettison digest=$jettison digest -q $scope $tree" \
		"jettison digest, cached=$jettison digest -q --cache=$cache $scope $tree" \
		"jettison manifest, sha256=$jettison manifest -q --hash sha256 $scope $tree" \
		"find | xxh128sum=find $tree -type f -print0 | xargs -0 xxh128sum" \
		"find | sha256sum=find $tree -type f -print0 | xargs -0 sha256sum"
}

bench_read() {
	read_rows app
	read_rows big
}

# Nothing of the tree in memory.  For root: the kernel has to forget all it has.
bench_cold() {
	if [ ! -w /proc/sys/vm/drop_caches ]; then
		echo "bench: cold needs root" >&2
		return
	fi
	read_rows app "sync; echo 3 >/proc/sys/vm/drop_caches"
}

# Compressed, against the programs of the same libraries.
bench_compress() {
	local tree=$trees/app pack="$jettison pack -q --scope context"
	"$here/timing.py" -r "$rounds" -t "app, compressed" \
		"tar | gzip=tar -C $tree -cf - . | gzip -6 | cat" \
		"jettison gzip:6=$pack --compress gzip:6 $tree | cat" \
		"tar | zstd=tar -C $tree -cf - . | zstd -3 -T0 | cat" \
		"jettison zstd:3=$pack --compress zstd:3 $tree | cat"
}

[ $# -gt 0 ] || set -- list needs rules read compress
for name; do
	case $name in
	list | needs | rules | read | cold | compress) "bench_$name" ;;
	*)
		echo "bench: no benchmark \"$name\": use list, needs, rules, read, cold or compress" >&2
		exit 2
		;;
	esac
done
