#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Building and testing leave nothing behind in the checkout but build/.
cd "$(dirname "$0")/../.." || exit 2
git rev-parse --git-dir >/dev/null 2>&1 || { echo "no git checkout: nothing to compare with"; exit 1; }
left=$(git status --porcelain --untracked-files=all | grep '^??')
[ -z "$left" ] || { echo "left behind:"; echo "$left"; exit 1; }
