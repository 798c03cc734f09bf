# SPDX-License-Identifier: Apache-2.0
# list, fed to why, is shipped; list --ignored is not: any name, quoted or raw.
files "$(printf 'n\nl')" "$(printf '\377')" '"' 'a b' 'd/x' 'd/y' '\n' '"q"' "$(printf '\001')"
rules 'd/*' '!d/y' '\\n' '.dockerignore' '"q"'
j list | j why --stdin | grep -vc ': shipped'
j list --ignored | j why --stdin | grep -vc ': left out'
j list -0 | j why --stdin -0 | tr '\0\n' '\n@' | grep -vc ': shipped'
j list --ignored -0 | j why --stdin -0 | tr '\0\n' '\n@' | grep -c ': left out'
j list --ignored | wc -l
