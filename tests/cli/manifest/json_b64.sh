# SPDX-License-Identifier: Apache-2.0
files "$(printf '\377')"
ln -s "$(printf '\376')" link
dated -- *
j manifest
