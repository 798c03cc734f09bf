#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install.sh BUILD - what a C program needs is installed: find_package() and
# pkg-config both build the example of the README, and it runs; and docker's plugin answers.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/usr" >/dev/null
for file in bin/jettison include/jettison.h share/man/man1/jettison.1; do
	[ -f "$scratch/usr/$file" ] || { echo "not installed: $file"; exit 1; }
done
plugin=$scratch/usr/libexec/docker/cli-plugins/docker-jettison
"$plugin" docker-cli-plugin-metadata | grep -q '"SchemaVersion":"0.1.0"' ||
	{ echo "docker would not take $plugin for a plugin"; exit 1; }
example=$root/tests/example/example.c
mkdir "$scratch/app" "$scratch/context"
printf 'secret\n*.log\n!keep.log\n' >"$scratch/context/.dockerignore"
touch "$scratch/context/secret" "$scratch/context/a.log" "$scratch/context/keep.log"
want=".dockerignore keep.log"

pc=$(dirname "$(find "$scratch/usr" -name jettison.pc)")
export PKG_CONFIG_PATH="$pc"
gcc -Wall -Werror -o "$scratch/app/pc" "$example" $(pkg-config --cflags --libs jettison)
got=$(LD_LIBRARY_PATH=$(dirname "$pc") "$scratch/app/pc" "$scratch/context" | tr '\n' ' ')
[ "$got" = "$want " ] || { echo "pkg-config: got \"$got\""; exit 1; }

for target in jettison static; do
	cat >"$scratch/app/CMakeLists.txt" <<-END
		cmake_minimum_required(VERSION 3.25)
		project(app C)
		find_package(jettison REQUIRED)
		add_executable(app $example)
		target_link_libraries(app PRIVATE jettison::$target)
	END
	cmake -G Ninja -S "$scratch/app" -B "$scratch/app/$target" -DCMAKE_PREFIX_PATH="$scratch/usr" >/dev/null
	cmake --build "$scratch/app/$target" >/dev/null
	got=$("$scratch/app/$target/app" "$scratch/context" | tr '\n' ' ')
	[ "$got" = "$want " ] || { echo "find_package $target: got \"$got\""; exit 1; }
done
