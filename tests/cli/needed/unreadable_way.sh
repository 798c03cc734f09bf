# SPDX-License-Identifier: Apache-2.0
# What cannot be read on the way to a source is an error with its place, and never
# taken for something that is not there.
files a no/deep/y wild/x/y file via
ln -s no/deep/y link
ln -s ../no/deep wild/link
chmod 0 no wild/x
chmod 600 file
try() {
	dockerfile 'FROM scratch' 'COPY a /' "$@"
	code as_user "$JETTISON" list -q 2>&1
	code as_user "$JETTISON" list --json 2>/dev/null
}
try 'COPY a no/deep/y /'
try 'COPY link /'
try 'COPY --chmod=644 no/*/y /'
try 'COPY wild/*/y /'
try 'COPY no /'
try 'RUN --mount=source=no/deep,target=/t x'
try 'COPY --parents no/deep/y /'
try 'COPY --parents no/** /'
try 'COPY wild/*/y /' 'COPY none /'
dockerfile 'FROM scratch' 'COPY a file /'
code as_user "$JETTISON" list --builder buildah 2>&1
code as_user "$JETTISON" list --builder classic 2>&1
# Links are followed even where they are ignored; other directories are not entered.
rules no wild/x wild/link
try 'COPY wild/*/y /'
rm wild/link
try 'COPY wild/*/y /' 'COPY a file /'
rm .dockerignore
try 'COPY wild/*/y /'
