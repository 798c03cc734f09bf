# SPDX-License-Identifier: Apache-2.0
# Every link on the way is needed, and what it leads to.
files real/f real/sub/g out
ln -s real dir
ln -s real/f file
ln -s /real/sub absolute
ln -s ../../../out real/up
ln -s nowhere dangling
needed 'FROM scratch' 'COPY file /'
needed 'FROM scratch' 'COPY dir/sub /'
needed 'FROM scratch' 'COPY absolute /'
needed 'FROM scratch' 'COPY real/up /'
needed 'FROM scratch' 'COPY real /'
needed 'FROM scratch' 'COPY dir/*/g /'
needed 'FROM scratch' 'COPY dangling /'
echo "--- what it leads to is left out"
rules real/f
needed 'FROM scratch' 'COPY file /'
