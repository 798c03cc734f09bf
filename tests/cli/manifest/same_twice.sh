# SPDX-License-Identifier: Apache-2.0
files b/1 a/2 c
j manifest >../1
j manifest -j 3 >../2
cmp ../1 ../2 && echo same
