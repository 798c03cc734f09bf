# SPDX-License-Identifier: Apache-2.0
# The classic builder wants "/" at the end for several files: told at the destination.
files w/one w/two
dockerfile 'FROM x' 'COPY w/* /x'
code jettison list --builder classic
dockerfile 'FROM x' 'COPY w/* \' ' /x'
code jettison list --builder classic
dockerfile 'FROM x' 'COPY *.md w/one /x'
code jettison list --builder classic
