# SPDX-License-Identifier: Apache-2.0
# An error in a named context says in which.
files a ../assets/logo.svg ../assets/left.tmp ../file
printf '*.tmp\n' >../assets/.dockerignore
dockerfile 'FROM x' 'COPY a /' 'COPY --from=art logo.svg /'
art() {
	code jettison list --build-context other=. --build-context art="$@" 2>&1
}
art ../assets
art ../nothing
art ../file
dockerfile 'FROM x' 'COPY --from=art lgoo.svg /'
art ../assets
art ../assets --json
dockerfile 'FROM x' 'COPY --from=art left.tmp /'
art ../assets
dockerfile 'FROM x' 'COPY --from=art l/loop /'
mkdir ../assets/l
ln -s loop ../assets/l/loop
art ../assets
echo "--- its ignore file"
printf 'ok\n[z-a]\n' >../assets/.dockerignore
art ../assets
rm ../assets/.dockerignore
mkdir ../assets/.dockerignore
art ../assets --builder buildah
echo "--- what cannot be read"
rmdir ../assets/.dockerignore
dockerfile 'FROM x' 'COPY --from=art sub/x /'
files ../assets/sub/x
chmod 755 . .. ../..
chmod 0 ../assets/sub
as_user "$JETTISON" list --build-context art=../assets 2>&1
chmod 0 ../assets
as_user "$JETTISON" list --build-context art=../assets 2>&1
chmod 755 ../assets ../assets/sub
