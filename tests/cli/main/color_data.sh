# SPDX-License-Identifier: Apache-2.0
# Colour never gets into data: NUL-ended, rules, JSON, lists.
files a
rules b
j why --color always -v -n a
j why --color always --json a
j list --color always
j list --color always -l
