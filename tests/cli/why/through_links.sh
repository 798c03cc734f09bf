# SPDX-License-Identifier: Apache-2.0
# Links on the way are followed, the last name is not: it is an entry of its own.
files src/in/a dist/o
ln -s src ls
ln -s ls lls
ln -s dist ldist
ln -s ../../dist src/in/up
rules dist
dockerfile 'FROM scratch' 'COPY lls/in /x/'
jettison why lls/in/up src/in/up lls/in/a ldist/o ldist lls/in/up/o
echo "--- the rules alone"
jettison why --scope context lls/in/up src/in/up lls/in/a ldist/o lls/in/none
echo "--- git's form: the rule of the entry"
jettison why -v -n ldist/o lls/in/up lls/in/a
echo "--- the build fails elsewhere"
dockerfile 'FROM scratch' 'COPY lls/in nope /x/'
code jettison why lls/in/up src/in/up lls/in/a src/in/a ldist/o 2>/dev/null
jettison why --json lls/in/a 2>/dev/null
