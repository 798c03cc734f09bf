# SPDX-License-Identifier: Apache-2.0
# Where both read a rule alike, "git check-ignore -v" says the same.
command -v git >/dev/null || exit 0
files a b/x.log b/y c.log d/e "$(printf 'odd\tname')" 'sp ace'
mkdir ../git
cp -r . ../git/ctx
rules '/a' '**/*.log' '!/c.log' 'd' 'odd*'
cp .dockerignore ../git/ctx/.gitignore
find . -type f ! -name .dockerignore | sed 's,^\./,,' | LC_ALL=C sort >../git/paths
j why --stdin -v -n <../git/paths | sed 's/^\.dockerignore//' >../git/ours
(
	cd ../git/ctx || exit
	git init -q .
	git check-ignore -v -n --no-index --stdin <../paths | sed 's/^\.gitignore//'
) >../git/theirs
diff ../git/theirs ../git/ours && wc -l <../git/ours
