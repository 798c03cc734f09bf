# SPDX-License-Identifier: Apache-2.0
# Help, whatever else is asked for; but a mistake before it is told.
code j list --help --json nowhere too many | head -n 1
code j list -qh | head -n 1
code j list --bogus -h
code j why -h | head -n 1
code j help list extra
code j help bogus
code j help suggest
code j help lits
