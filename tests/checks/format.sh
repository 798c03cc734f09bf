#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sources look as .clang-format has it where a tool can tell: no tabs after text,
# no trailing blanks, no line over 110 columns, SPDX first, a newline at the end.
set -u
cd "$(dirname "$0")/../.." || exit 2
failed=0
for file in $(git ls-files --cached --others --exclude-standard '*.c' '*.h' '*.py' '*.sh' 'script/*' '.ci/*' | grep -v unicode_data); do
	expand -t8 "$file" | awk -v f="$file" '
		f ~ /[.][ch]$/ && length($0) > 110 { print f ":" NR ": " length($0) " columns"; bad = 1 }
		/[ \t]$/ { print f ":" NR ": blanks at the end"; bad = 1 }
		END { exit bad }' || failed=$((failed + 1))
	head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || {
		echo "$file: no SPDX line"
		failed=$((failed + 1))
	}
	[ -z "$(tail -c1 "$file")" ] || { echo "$file: no newline at the end"; failed=$((failed + 1)); }
done
[ "$failed" = 0 ]
