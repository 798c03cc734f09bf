# SPDX-License-Identifier: Apache-2.0
# docker gets an archive of what is needed, and all words that it knows.
. "$CLI/build/fake"
fake docker
app
build -t app .
echo "--- where the context stands, and how options are written"
build --tag app --no-cache . --build-arg=A=1 --label 'a b' --pull
build -qt app -mc .
build -m 1g -c 5 -- .
build
echo "--- what nobody knows has no value"
build --new-thing . -Z
echo "--- the context elsewhere"
mkdir elsewhere
cd elsewhere
build ..
