# SPDX-License-Identifier: Apache-2.0
# A directory and its manifest in one reading: it holds for the directory, times included.
built_in sha256
files ctx/a ctx/d/b ctx/.dockerignore
printf 'FROM scratch\nCOPY . /\n' >ctx/Dockerfile
echo secret >ctx/secret
echo secret >ctx/.dockerignore
ln ctx/a ctx/d/hard
ln -s a ctx/link
chmod 751 ctx/d/b
touch -d '2001-02-03 04:05:06.789' ctx/a
for how in '' --link --normalize '--hash sha256 --normalize' '--manifest-format csv'; do
	echo "--- $how"
	rm -rf out
	code jettison pack --format dir -o out --manifest m $how ctx
	code jettison verify --mtime --scope context m out
done
for how in '' --link --normalize; do
	jettison pack --format dir -o out --replace --manifest - $how ctx >with
	jettison manifest --scope context ctx >without
	jq -c '[.path, .xxh128]' with >with.short
	jq -c '[.path, .xxh128]' without | cmp - with.short
done
echo '--- who reads it may have enough'
rm -r out
jettison pack --format dir -o out --manifest - ctx | head -c 0
[ -d out/d ] && echo whole
echo '--- refused'
code jettison pack --format dir -o out --replace --manifest out/m ctx
code jettison pack --format dir -o out --replace --manifest /dev/full ctx
mkdir empty
code jettison pack --format dir -o empty --manifest empty/m ctx
ls . empty
