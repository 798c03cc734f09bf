# SPDX-License-Identifier: Apache-2.0
# Directories that only lead to what is needed.
files apps/a/src/x apps/a/y apps/b/z
ln -s apps/a current
dockerfile 'FROM x' 'COPY apps/a/src/x /'
jettison why apps apps/a apps/a/src apps/a/src/x apps/a/y apps/b
dockerfile 'FROM x' 'COPY current/src /'
jettison why current apps apps/a/src/x apps/a/y
dockerfile 'FROM x' 'COPY --exclude=*/y --exclude=**/src apps /'
jettison why apps/a/y apps/a/src/x apps/b/z apps/a
