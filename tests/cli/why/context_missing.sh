# SPDX-License-Identifier: Apache-2.0
code j why -C nowhere a
code j why -C '' a
files f
code j why -C f a
