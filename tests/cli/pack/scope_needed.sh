# SPDX-License-Identifier: Apache-2.0
# The Dockerfile first, then what is needed and no more.
project
rules '*.log' .dockerignore
pack() {
	jettison pack "$@" -o ../ctx.tar && tar -tf ../ctx.tar
}
pack
echo "--- the Dockerfile is what it was"
tar -xOf ../ctx.tar Dockerfile | cmp - Dockerfile
echo "--- another target"
pack --target web
echo "--- it packs the same again"
tar -xf ../ctx.tar -C "$(mkdir ../again && cd ../again && pwd)"
(cd ../again && jettison list --target web)
for builder in classic buildah; do
	echo "--- $builder" # classic builds all stages up to the target, and knows no --mount
	pack --builder $builder --target web
done
echo "--- read by an instruction: it is there once"
dockerfile 'FROM x' 'COPY Dockerfile web /'
pack
echo "--- COPY . . sees it although the rules leave it out"
rules Dockerfile tests src docs 'go*'
dockerfile 'FROM x' 'COPY . .'
pack
