# SPDX-License-Identifier: Apache-2.0
# What only an external image could set is taken for empty, and a note says so.
files docs/a.md etc/b
dockerfile 'FROM nginx:1.27' 'COPY $DIR/a.md$NOTHING /' 'COPY etc /'
code jettison list --env DIR=docs
echo "--- quiet"
jettison list -q --env DIR=docs
echo "--- both"
jettison list --env DIR=docs --env NOTHING=
echo "--- what the Dockerfile sets itself wins"
dockerfile 'FROM nginx:1.27' 'ENV DIR=etc' 'COPY $DIR /'
jettison list --env DIR=docs
echo "--- below another stage"
dockerfile 'FROM nginx:1.27 AS base' 'FROM base' 'COPY $DIR /'
jettison list
jettison list --env DIR=docs
echo "--- scratch sets nothing"
dockerfile 'FROM scratch' 'COPY docs$DIR /'
jettison list
echo "--- the cause of an error"
dockerfile 'FROM alpine' 'ARG SUB' 'COPY $DIR/nothing docs$SUB/b /'
code jettison list
code jettison plan --json
code jettison list --env DIR=docs --build-arg SUB=x
echo "--- a default, and what no source hangs on"
dockerfile 'FROM alpine' 'ENV LIBS=$LIBS:/x' 'LABEL v=$V' 'COPY ${DIR:-docs} /'
jettison list
jettison list --env DIR=etc
