# SPDX-License-Identifier: Apache-2.0
# Re-includes below an ignored directory.
files a/b/x a/c .dockerignore Dockerfile
rules a '!**/x' Dockerfile
j list
j list --builder buildkit
