# SPDX-License-Identifier: Apache-2.0
# A directory in the context it is made of is not in itself, nor is the one before.
files a d/b
mkdir d/out
for round in 1 2 3; do
	j pack --format dir -o d/out --replace
	find d/out | sort
done
rules 'd/*' '!**/b'
j pack --format dir -o d/out --replace --builder classic
find d/out | sort
