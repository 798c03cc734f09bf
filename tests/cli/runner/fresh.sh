# SPDX-License-Identifier: Apache-2.0
# Every case has an empty directory of its own, and a fixed environment.
cp "$CLI/run.sh" "$CLI/prelude.sh" .
mkdir verb
cat >verb/a.sh <<'SH'
ls -A
umask
echo "$LC_ALL $TERM ${COLUMNS-none} ${NO_COLOR-none}"
cat
mkdir -m 000 closed
touch left
SH
cp verb/a.sh verb/b.sh
printf '0022\nC dumb none none\n' | tee verb/a.out >verb/b.out
echo something | COLUMNS=10 NO_COLOR=1 TERM=xterm LC_ALL=C.UTF-8 ./run.sh /bin/true
mkdir ../tmp
TMPDIR=$(cd ../tmp && pwd) ./run.sh /bin/true
ls -A ../tmp | wc -l
