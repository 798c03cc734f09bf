# SPDX-License-Identifier: Apache-2.0
# A missing path: what the builder would say of it, and what was meant.
files src/main.c src/lib.c docs/guide.md README.md
dockerfile 'FROM x AS app' 'COPY srv/main.c /'
code jettison why srv/main.c srv srv/main.c/below src/mian.c redme.md Readme.md docs/gide.md zzz 2>&1
echo "--- only another stage names it"
dockerfile 'FROM x AS other' 'COPY dist /' 'FROM y' 'COPY src /'
code jettison why dist dist/x dis
code jettison why --json dist redme.md
echo "--- of standard input no directory is read"
printf 'redme.md\n' | jettison why --stdin
echo "--- odd names"
files "q\"uote" "tab$(printf '\t')x"
jettison why 'q"uoet' "tab$(printf '\t')"
