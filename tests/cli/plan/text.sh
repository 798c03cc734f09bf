# SPDX-License-Identifier: Apache-2.0
# Stages, bases and how they are named, and what each instruction reads.
project
jettison plan
echo "--- another target"
jettison plan --target test | head -n 1
jettison plan --target test | grep '^[0-9]'
echo "--- bases"
dockerfile 'FROM a' 'FROM a:1' "FROM a:1@sha256:$(printf %064d 15)" 'FROM localhost:5000/a' 'FROM localhost:5000/a:1' \
	'FROM scratch'
jettison plan
