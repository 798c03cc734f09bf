# SPDX-License-Identifier: Apache-2.0
# A rule covers all below it, the last match wins, .containerignore comes first.
files a/b a/c d/b Containerfile
rules nothing
printf '%s\n' 'a/b' '!a' d '! d' >.containerignore
j list --builder buildah
