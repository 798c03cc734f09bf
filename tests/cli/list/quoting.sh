# SPDX-License-Identifier: Apache-2.0
# As git quotes: only for control characters and double quotes.
files 'plain' 'with space' "quo'te" 'dou"ble' 'back\slash' "$(printf 'tab\there')" \
	"$(printf 'new\nline')" "$(printf 'bell\a\b\v\f\r\001\177')" "$(printf 'caf\303\251')" \
	"$(printf 'latin\351')" "$(printf 'd\n/in')" "$(printf 'mixed\\ \t"')"
j list --dirs
