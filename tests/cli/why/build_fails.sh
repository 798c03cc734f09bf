# SPDX-License-Identifier: Apache-2.0
# The build fails: the rules answer all the same, and what needs them is undecided.
files a b sub/keep .hidden
rules b 'sub/*' '!sub/keep'
dockerfile 'FROM x AS base' 'COPY a /' '  COPY --chown=1 dist/ \' '  /app/'
code jettison why a b sub/keep sub dist dist/app.js nothing
code jettison why --json a b dist 2>/dev/null
echo "--- quiet, and as git would put it: the Dockerfile does not matter there"
code jettison why -q a
code jettison why -v -n a b
printf '%s\n' a b | code jettison why --stdin
code jettison why --scope context a
echo "--- a mistake in the Dockerfile"
dockerfile 'FROM x' 'COPPY a /'
code jettison why a b
dockerfile ''
code jettison why a
echo "--- neither can be had"
rm Dockerfile
code jettison why a
