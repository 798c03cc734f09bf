# SPDX-License-Identifier: Apache-2.0
# An archive of a directory is taken as the directory is, whoever builds, whatever the scope
# and however it is compressed.
built_in archive
mkdir ctx && cd ctx || exit
project
sed -i '/--mount/d' Dockerfile # the classic builder has none
odd_names
files .git/x deep/a/b/c/d/e/f web/keep.log
rules '*.log' '!web/keep.log' '.git' 'deep/*/b' '!deep/a/b/c/d' Dockerfile
ln web/index.js second
ln -s docs linked && ln -s none dangling && mkfifo pipe
printf 'COPY linked/ /l/\nCOPY odd second web/*.log /o/\n' >>Dockerfile
find . -exec touch -h -d @1700000000 {} +
for builder in buildkit classic classic-20.10 buildah; do
	for scope in needed context tree; do
		set -- --builder $builder --scope $scope
		echo "$builder $scope: $(jettison list "$@" | wc -l) files"
		jettison manifest "$@" >../want && tar -cf - . | jettison manifest "$@" - >../got
		cmp ../want ../got
		jettison list --json --dirs "$@" >../want && tar -cf - . | jettison list --json --dirs "$@" - >../got
		cmp ../want ../got
		jettison list --ignored -l "$@" >../want && tar -cf - . | jettison list --ignored -l "$@" - >../got
		cmp ../want ../got
		jettison pack -q "$@" >../want && tar -cf - . | jettison pack -q "$@" - >../got
		cmp ../want ../got
	done
done
jettison digest >../want
for program in cat gzip bzip2 xz 'zstd -q'; do
	tar -cf - . | $program | jettison digest - | cmp ../want - && echo "$program"
done
for format in gnu pax ustar; do
	tar --format=$format -cf - . | jettison digest - | cmp ../want - && echo $format
done
jettison plan >../want && tar -cf - . | jettison plan - | cmp ../want -
