# SPDX-License-Identifier: Apache-2.0
# Every name comes through sha256sum -c, and all but one with a newline through the
# xxhsum of Debian 12.
built_in sha256
odd_names
n=$(find . -type f -printf x | wc -c)
j manifest --format sha256sum >../sha
sha256sum -c --strict ../sha | grep -c ': OK$'
j manifest --format xxh128sum >../xxh
grep -v '^\\' ../xxh >../readable
xxhsum -H2 -c --strict ../readable 2>/dev/null | grep -c ': OK$'
grep '^\\' ../xxh
echo "of $n"
# Content that changes is noticed.
echo more >>plain
sha256sum -c --quiet ../sha 2>/dev/null
xxhsum -H2 -c --quiet ../readable 2>/dev/null || true
