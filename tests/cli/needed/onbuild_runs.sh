# SPDX-License-Identifier: Apache-2.0
# Two ONBUILD lines that one FROM runs, and one that two FROM run, are told apart; "by" names
# each line of FROM once.
files a b
dockerfile 'FROM x AS base' 'ONBUILD COPY a /' 'ONBUILD COPY a b /' 'FROM base AS one' \
	'FROM base' 'COPY --from=one /a /' 'COPY b /'
jettison list --by
jettison list --by --json
jettison list --json | sed 's/,"mtime":"[^"]*"//'
jettison manifest | sed 's/.*,"by":\[/"by":[/'
jettison plan | grep '^  :'
jettison plan --json | grep -o '"line":[0-9]*,"\(instruction\|onbuild\)[^}]*'
jettison plan --dot | grep context.-
jettison why a b
jettison why --json a | grep -o '"readers".*'
echo "--- what a trigger copies from"
dockerfile 'FROM x AS other' 'FROM x AS base' 'ONBUILD COPY --from=other a /' \
	'ONBUILD COPY --from=img b /' 'FROM base'
jettison plan | grep '^  :'
jettison plan --json | grep -o '"line":[0-9]*,"onbuild":[0-9]*'
