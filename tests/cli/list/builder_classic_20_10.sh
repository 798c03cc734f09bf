# SPDX-License-Identifier: Apache-2.0
# Old rules: "+" is live, one parent only.
files a+b aab k/x k/b Dockerfile
rules 'a+b' 'k/b' '!k'
j list --builder classic-20.10
echo today
j list --builder classic
