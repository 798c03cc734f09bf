# SPDX-License-Identifier: Apache-2.0
# One and many, thousands, sizes in words.
files ctx/a
summary() {
	"$JETTISON" list --scope context -v ctx 2>&1 >/dev/null | sed -n 's/; [0-9.]* s$//p'
}
summary
echo x >ctx/.dockerignore
mkdir ctx/x
summary
truncate -s 1023 ctx/a
summary
truncate -s 1024 ctx/a
summary
truncate -s 10239 ctx/a
summary
truncate -s 1048575 ctx/a
summary
truncate -s 3G ctx/a
summary
(cd ctx && seq 2000 | xargs touch)
summary
