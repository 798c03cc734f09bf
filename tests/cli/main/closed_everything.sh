# SPDX-License-Identifier: Apache-2.0
files a
j list <&- >&- 2>&-
echo "exit $?"
j list <&- 2>&-
j list nowhere <&- >&- 2>&-
