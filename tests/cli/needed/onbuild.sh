# SPDX-License-Identifier: Apache-2.0
# ONBUILD runs where a stage is built on the one that has it, and is told by its line there.
files a b
dockerfile 'FROM x AS base' 'ONBUILD COPY a /' 'FROM base AS one' 'COPY b /' 'FROM one'
jettison list --by
jettison plan | grep -v '^$'
jettison why a
jettison list --target base
echo "--- wrong only where it runs"
refused 'FROM x AS base' 'ONBUILD COPPY a /' '' 'FROM base'
refused 'FROM x AS base' 'ONBUILD COPY c /' '' 'FROM base'
code jettison list --target base
