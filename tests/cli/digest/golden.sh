# SPDX-License-Identifier: Apache-2.0
# A generated tree has the digests that are stored here, whatever compiled the program
# and wherever it runs.
i=0
while [ $i -lt 300 ]; do
	dir=d$((i % 7))/e$((i % 11))
	mkdir -p $dir
	head -c $((i * i * 7)) /dev/zero | tr '\0' "\\$(printf %o $((33 + i % 90)))" >"$dir/file $i"
	[ $((i % 5)) != 0 ] || chmod 755 "$dir/file $i"
	[ $((i % 50)) != 0 ] || ln "$dir/file $i" "$dir/hard$i"
	[ $((i % 30)) != 0 ] || ln -s "../$i" "$dir/link$i"
	i=$((i + 1))
done
for jobs in 1 2 8; do
	for locale in C C.UTF-8 en_US.ISO-8859-1; do
		LC_ALL=$locale j digest --jobs $jobs
	done
done | uniq
j digest --normalize
chmod -R go-rwx .
j digest --normalize
j digest --explain | wc
