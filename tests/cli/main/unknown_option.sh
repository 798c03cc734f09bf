# SPDX-License-Identifier: Apache-2.0
files a
code j list --drs
code j list --ignore-flie x
code j list --jason
code j list --wholly-different
code j list -Z
code j list -lZ0
code j list --dirs=yes
code j list --null=
code j list --=x
code j list --a-very-long-option-that-nobody-would-ever-mean=1
