# SPDX-License-Identifier: Apache-2.0
# K=V, K from the environment, K that is not set there, the last one counts.
files one/a two/b three/c
dockerfile 'ARG D=one' 'FROM scratch' 'ARG D' 'COPY $D /'
echo "--- default"
jettison list
echo "--- K=V"
jettison list --build-arg D=two
echo "--- K, set"
D=three jettison list --build-arg D
echo "--- K, not set: the default"
jettison list --build-arg D
echo "--- twice"
jettison list --build-arg D=two --build-arg D=three
D=two jettison list --build-arg D=three --build-arg D
echo "--- empty: everything"
jettison list --build-arg D=
D= jettison list --build-arg D | wc -l
echo "--- one that is not declared"
jettison list --build-arg E=two
echo "--- for FROM, and with = in it"
needed 'ARG BASE=one' 'FROM scratch AS a' 'COPY one /' 'FROM scratch AS b' 'COPY two /' 'FROM $BASE'
jettison list --build-arg BASE=a
jettison list --build-arg BASE=b
dockerfile 'FROM scratch' 'ARG O' 'COPY ${O#*=} /'
jettison list --build-arg O=k=one
