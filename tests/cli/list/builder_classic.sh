# SPDX-License-Identifier: Apache-2.0
# Does not look below an ignored directory unless a rule names it literally, and
# the daemon removes the Dockerfile after reading it.
files a/b/x a/c Dockerfile
rules a '!**/x' Dockerfile
j list --builder classic
