# SPDX-License-Identifier: Apache-2.0
# About 1 MiB is what BuildKit sends.
files ctx/a ctx/r17
seq 30000 | sed 's/.*/r&/' >ctx/.dockerignore
code j list ctx
code j list --builder classic ctx
