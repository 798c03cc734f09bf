# SPDX-License-Identifier: Apache-2.0
# A file called "*", and the class that means it.  BuildKit's client of today takes
# "[*]" for something else and sends nothing, as long as nothing else brings the file
# (that of docker 20.10 sends it); the classic builder copies the file, measured with
# docker 20.10; buildah 1.28 finds it and takes its name for a pattern once more.
files '*' plain real/a
for builder in buildkit classic classic-20.10 buildah; do
	dockerfile 'FROM scratch' 'COPY [*] /x/'
	echo "--- $builder"
	jettison list --dirs --builder $builder
done
needed 'FROM scratch' 'COPY [*] /x/' 'COPY . /y/'
jettison list --by
