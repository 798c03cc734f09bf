# SPDX-License-Identifier: Apache-2.0
# The second run opens no content; one of a file that has changed opens that one.
built_in cache
strace -o ../probe true 2>/dev/null || exit 77
files a b/c b/d e
ln a b/hard
mkdir empty
settle
contents() {
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
		strace -f -o ../trace -e trace=open,openat,openat2 "$JETTISON" "$@" --scope context \
		--cache=../cache >../out
	sed -n 's/.*open[at2]*([^"]*"\([^"]*\)", \([A-Z_|]*\).*/\1 \2/p' ../trace |
		grep -v -e O_DIRECTORY -e O_CREAT -e '^/' -e 'mdb ' | sed 's/ .*//' | sort | tr '\n' ' '
	echo
}
j digest >../plain
contents digest
cmp ../plain ../out
contents digest
cmp ../plain ../out
contents manifest
contents digest --hash xxh128
printf x >>b/c
settle
contents digest
contents digest
j digest | cmp - ../out
touch e
chmod 600 a
settle
contents manifest --format csv
contents digest
j manifest >../m
contents verify ../m
contents diff ../m .
