# SPDX-License-Identifier: Apache-2.0
files a b
code j list a b c
code j pack a b
code j manifest a b
