# SPDX-License-Identifier: Apache-2.0
# A guess is one that helps: not the word itself, nothing that is left out, no stage that
# cannot be named there.
files 'ctx/[v].txt' ctx/dist/x ctx/other/x ctx/plain
printf 'dist\n' >ctx/.dockerignore

# says LINE...: what list says of it.
says() {
	printf '%s\n' "$@" >ctx/Dockerfile
	"$JETTISON" list --builder classic ctx 2>&1
}

says 'FROM x' 'COPY [v].txt /x/'
says 'FROM x' 'COPY [[]v].txt /x/'
says 'FROM x' 'COPY [w].txt /x/'
says 'FROM x' 'COPY dsit /x/'
says 'FROM x' 'COPY dsit/x /x/'
says 'FROM x' 'COPY ohter /x/'
# To the classic builder the slash is a part of the pattern.
says 'FROM x' 'COPY o*/ /x/'
says 'FROM x' 'COPY o* /x/'

printf '%s\n' 'FROM x AS build' 'COPY --from=biuld /x /' 'FROM x AS test' \
	'COPY --from=biuld /x /' 'COPY --from=finall /x /' 'FROM x AS final' \
	'COPY --from=build /x /' 'COPY --from=test /x /' >ctx/Dockerfile
"$JETTISON" plan ctx

# A trigger that is refused is told in the FROM line, and where it stands.
says 'FROM x AS base' 'ONBUILD COPY plain /x/' 'ONBUILD COPY --frm=x plain /x/' 'FROM base'
