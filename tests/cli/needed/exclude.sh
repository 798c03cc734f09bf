# SPDX-License-Identifier: Apache-2.0
# --exclude: relative to what is copied, with ! as in an ignore file.
files app/a.js app/a.test.js app/lib/b.js app/lib/b.test.js app/lib/deep/c.js
needed 'FROM scratch' 'COPY --exclude=*.test.js app /'
needed 'FROM scratch' 'COPY --exclude=**/*.test.js app /'
needed 'FROM scratch' 'COPY --exclude=lib app /'
needed 'FROM scratch' 'COPY --exclude=lib --exclude=!lib/deep app /'
needed 'FROM scratch' 'COPY --exclude=*.js app/a.js /'
jettison list --dirs
