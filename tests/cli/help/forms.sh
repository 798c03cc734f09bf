# SPDX-License-Identifier: Apache-2.0
# All the ways to ask for the help of a command are the same two.
for verb in list why plan pack manifest; do
	jettison $verb -h >short
	jettison $verb --help >long
	for words in "help $verb -h" "help -h $verb" "-h $verb" "$verb -h extra words"; do
		jettison $words | cmp - short
	done
	for words in "help $verb" "help $verb --help" "help --help $verb" "--help $verb" "$verb . --help"; do
		jettison $words | cmp - long
	done
	! cmp -s short long && echo $verb
done
jettison -h >short
jettison --help >long
for words in help "help help" "help --help" "help help --help"; do
	jettison $words | cmp - long
done
for words in "help -h" "help help -h"; do
	jettison $words | cmp - short
done
echo "--- refused"
for words in 'help nope' 'help lst -h' 'help list pack' 'help -x' 'help --hepl' '--hlep' '-h nope' '-x'; do
	code jettison $words 2>&1
done
echo "--- one -v in the help of why"
jettison why --help | grep -c -e '-v, --verbose'
