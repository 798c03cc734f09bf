# SPDX-License-Identifier: Apache-2.0
# The Dockerfile that pack adds for the builder is no difference; with --scope tree
# nothing is passed over.
built_in archive
dockerfile 'FROM scratch' 'COPY a /'
files a b
jettison manifest >../m
jettison pack -q -o ../t.tar
tar -tf ../t.tar
code jettison verify ../m ../t.tar
code jettison verify --scope tree ../m ../t.tar
mkdir sub
mv Dockerfile sub/D
jettison pack -q -f sub/D -o ../t.tar
code jettison verify -f sub/D ../m ../t.tar
code jettison verify ../m ../t.tar
