# SPDX-License-Identifier: Apache-2.0
# A builder asks for the link's name, so that is what the archive has.
mkdir conf
printf 'FROM scratch\nCOPY top /\n' >conf/Dockerfile.real
ln -s conf/Dockerfile.real Dockerfile
touch top
for builder in buildkit classic buildah; do
	jettison pack --builder $builder -o ../ctx.tar && tar -tf ../ctx.tar
	tar -xOf ../ctx.tar Dockerfile | cmp - conf/Dockerfile.real
done
