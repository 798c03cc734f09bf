# SPDX-License-Identifier: Apache-2.0
# In a source, in --exclude, in the ignore file.
files a docs/x
refused 'FROM x' 'COPY [a docs /'
refused 'FROM x' 'COPY --exclude=[ docs /'
refused 'FROM x' 'COPY --exclude=! docs /'
rules 'b' '[z-a]'
refused 'FROM x' 'COPY docs /'
rules '!'
refused 'FROM x' 'COPY docs /'
echo "--- of two the one that comes first"
refused 'FORM x'
