# SPDX-License-Identifier: Apache-2.0
# With --link the files are those of the context, where blocks cannot be shared.
files ctx/a ctx/d/b
j pack --format dir --link -o out ctx
diff -r ctx out && echo same
# On a file system whose files share blocks each has its own number.
if cp --reflink=always ctx/a reflink 2>/dev/null; then
	echo 2
else
	stat -c %h out/a
fi
j pack --format dir -o copy ctx
stat -c %h copy/a
