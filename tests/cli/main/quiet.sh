# SPDX-License-Identifier: Apache-2.0
# -q: no notes; a warning is no note, nor is an error.
files a/b Dockerfile
rules a '!a/b' a Dockerfile
j list -q
j pack -q | tar -t
code j list -q nowhere
