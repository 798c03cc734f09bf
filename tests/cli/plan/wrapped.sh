# SPDX-License-Identifier: Apache-2.0
# What is for people ends where the window does: plan, notes and errors on a terminal.
files docs/a.md web/b
dockerfile '# syntax=docker/dockerfile:1' 'FROM nginx:1.27 AS a-stage-with-a-name-that-is-long' \
	'COPY docs/$NAME /usr/share/nginx/html/' 'FROM alpine:3' \
	'COPY --from=a-stage-with-a-name-that-is-longer / /' \
	'COPY --from=a-stage-with-a-name-that-is-long / /' 'COPY web /'
COLUMNS=40 jettison plan --build-context some-other=docker-image://example.org/a/b:1
echo "--- a pipe has no width"
jettison plan | awk 'length > 80 { n++ } END { print n " long lines" }'
dockerfile 'FROM nginx:1.27 AS x' 'COPY docs/$NAME /'
jettison list 2>&1
echo "--- a terminal has one"
pty "stty cols 60; \"$JETTISON\" list -q; \"$JETTISON\" list" | sed 's/; [0-9.]* s$/; TIME/'
dockerfile 'FROM nginx:1.27 AS x' 'COPY docs/*.none /'
pty "stty cols 60; \"$JETTISON\" list"
jettison list 2>&1
