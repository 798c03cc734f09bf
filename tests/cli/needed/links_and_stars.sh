# SPDX-License-Identifier: Apache-2.0
# buildah goes through links behind a wildcard: 30 to the power of 6 ways end soon.
files x
n=0
while [ $((n += 1)) -le 30 ]; do
	ln -s . l$n
done
dockerfile 'FROM scratch' 'COPY */*/*/*/*/*/x /d/'
timeout 20 "$JETTISON" list --builder buildah >../list
echo "exit $?"
grep -c '^l[0-9]*$' ../list
grep -v '^l[0-9]*$' ../list
