# SPDX-License-Identifier: Apache-2.0
# Times, owners, the order in which files were made, threads, locale and what does not
# ship have no part in it; with --normalize neither has the umask.
make_tree() {
	for name; do
		mkdir -p "${name%/*}"
		printf '%s' "$name" >"$name"
	done
	chmod u+x d/b
}
mkdir one two three
(cd one && make_tree d/a d/b d/c/x é/y)
(cd two && umask 022 && make_tree é/y d/c/x d/b d/a && touch -d @1 d/a d é && touch -h -d @5 d/b &&
	echo x >left-out && echo left-out >.dockerignore && echo .dockerignore >>.dockerignore)
(umask 077 && cd three && make_tree d/c/x d/a é/y d/b)
[ "$(id -u)" != 0 ] || chown -R 1234:4321 two
for options in '' '--jobs 4' '--quiet'; do
	j digest $options one
	LC_ALL=C.UTF-8 j digest $options two
done | sort | uniq -c | sed 's/^ *//'
for tree in one two three; do
	j digest --normalize $tree
done | uniq -c | sed 's/^ *//'
j digest three
