# SPDX-License-Identifier: Apache-2.0
# The same with the other hash, which sha256sum recomputes.
built_in sha256
printf hello >a
j digest --hash sha256 --explain
j digest --hash sha256
j digest --hash sha256 --explain | sha256sum
code j digest --hash sha256,xxh128
