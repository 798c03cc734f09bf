# SPDX-License-Identifier: Apache-2.0
# A path that is not UTF-8 is given as path_b64, a target as target_b64.
files "$(printf 'caf\351')"
ln -s "$(printf '\377')" link
dated -- *
j list --json
