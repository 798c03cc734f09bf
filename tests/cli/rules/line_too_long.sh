# SPDX-License-Identifier: Apache-2.0
# 65,536 bytes are one too many for docker; buildah has no limit.
files a
python3 -c 'print("a\n" + "x" * 65536)' >.dockerignore
for builder in buildkit classic classic-20.10 buildah; do
	code j list --builder $builder
done
python3 -c 'print("a\n" + "x" * 65535)' >.dockerignore
echo 65,535
for builder in buildkit classic classic-20.10 buildah; do
	code j list --builder $builder
done
