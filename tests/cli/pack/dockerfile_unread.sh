# SPDX-License-Identifier: Apache-2.0
# The rules leave out the Dockerfile: a note only where an instruction would see that the
# archive has it all the same.
files src/a src/Dockerfile Dockerfile docs/b
rules 'Dockerfile' 'src/Dockerfile'
for copy in 'COPY src /' 'COPY src docs /' 'COPY s*/a /' 'COPY . /' 'COPY D* src /' 'COPY d*/b /' \
	'COPY --exclude=docs --exclude=!docs/b . /' 'COPY --parents ./src/./a /' 'COPY --parents **/a /' \
	'RUN --mount=source=src,target=/t x'; do
	dockerfile 'FROM x' "$copy"
	case $copy in *--*) set -- buildkit ;; *) set -- buildkit classic ;; esac
	for builder; do
		echo "--- $builder $copy"
		jettison pack --builder $builder 2>&1 >../ctx.tar
		tar -tf ../ctx.tar 2>&1 | sort | tr '\n' ' '
		echo
	done
done
echo "--- in a directory"
printf 'FROM x\nCOPY docs /\n' >src/Dockerfile
jettison pack -f src/Dockerfile | tar -t
printf 'FROM x\nCOPY s* /\n' >src/Dockerfile
rules 'src'
jettison pack -f src/Dockerfile | tar -t
