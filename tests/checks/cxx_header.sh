#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The public header compiles alone, as C11 and as C++, without a warning.
set -eu
header=$(cd "$(dirname "$0")/../.." && pwd)/include/jettison.h
for compiler in "gcc -x c -std=c11" "clang -x c -std=c11" "g++ -x c++ -std=c++11" "clang++ -x c++ -std=c++11"; do
	printf '#include "%s"\nint main(void) { return 0; }\n' "$header" |
		$compiler -Wall -Wextra -Wpedantic -Werror -fsyntax-only -
done
