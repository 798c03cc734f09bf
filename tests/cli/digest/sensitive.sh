# SPDX-License-Identifier: Apache-2.0
# Whatever ships and changes changes the digest; --normalize passes over modes but for
# the executable bit.
files d/a d/b e/
ln -s a d/l
j digest >../before
j digest --normalize >../normal
differs() {
	j digest | cmp -s ../before - && echo "$1: same digest" || echo "$1: another digest"
	j digest --normalize | cmp -s ../normal - && echo "$1: same, normalized" || :
}
differs nothing
printf x >>d/a; differs content; files d/a
printf 'd/x\n' >d/a; differs 'content, same size'; files d/a
mv d/a d/c; differs name; mv d/c d/a
chmod 600 d/a; differs mode; chmod 644 d/a
chmod 755 d/a; differs executable; chmod 644 d/a
chmod 700 e; differs 'mode of a directory'; chmod 755 e
ln -sfn b d/l; differs target; ln -sfn a d/l
rmdir e; differs 'no empty directory'; mkdir e
ln -f d/a d/h; differs 'hard link'; rm d/h
rm d/l; printf a >d/l; differs 'file for link'; rm d/l; ln -s a d/l
mkfifo f; differs fifo; rm f
differs 'all undone'
