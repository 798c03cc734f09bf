# SPDX-License-Identifier: Apache-2.0
# What was packed once says the same of itself as the directory, and packs to itself.
built_in archive
mkdir ctx && cd ctx || exit
project
sed -i '/--mount/d' Dockerfile # the classic builder has none
printf 'COPY *.log secret.key /\n' >>Dockerfile
find . -exec touch -h -d @1700000000 {} +
rules '*.key' '!secret.key'
for builder in buildkit classic buildah; do
	set -- --builder $builder
	jettison manifest "$@" >../want
	jettison pack -q "$@" >../packed.tar
	jettison manifest "$@" - <../packed.tar | cmp ../want -
	jettison list "$@" - <../packed.tar
	jettison pack -q "$@" - <../packed.tar | jettison manifest "$@" - | cmp ../want -
	jettison pack -q --compress zstd "$@" | jettison digest "$@" - >../digest
	jettison digest "$@" | cmp - ../digest
done
