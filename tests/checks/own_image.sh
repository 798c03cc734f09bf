#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# own_image.sh PROGRAM - is what the program says the project's own Dockerfile needs
# enough to build the project?  Runs the Dockerfile's cmake step on the pruned context.
set -eu
program=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$program" pack . >"$scratch/context.tar"
mkdir "$scratch/context"
tar -x -f "$scratch/context.tar" -C "$scratch/context"
# The RUN that begins with cmake, its continuation lines joined.
step=$(awk '/^RUN cmake/ { on = 1; sub(/^RUN /, "") } on { more = sub(/\\$/, ""); printf "%s", $0 }
	on && !more { exit }' Dockerfile)
[ -n "$step" ] || { echo "own_image: no RUN cmake in the Dockerfile" >&2; exit 1; }
(cd "$scratch/context" && eval "$step")
# The program that came out says the same about the context it was built from.
cmp <("$scratch/context/build/jettison" list .) <("$program" list .)
