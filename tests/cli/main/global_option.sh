# SPDX-License-Identifier: Apache-2.0
# Options stand behind the command.
code j --versoin
code j --json list
code j -x
code j --hlep
code j --
code j -
