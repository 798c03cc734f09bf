# SPDX-License-Identifier: Apache-2.0
# --parents: ** reaches down, the directories above count, links are not followed.
files apps/a/package.json apps/a/src/i.js apps/b/package.json other/package.json
ln -s apps/a current
needed 'FROM scratch' 'COPY --parents apps/*/package.json /'
jettison list --dirs
needed 'FROM scratch' 'COPY --parents **/package.json /'
needed 'FROM scratch' 'COPY --parents apps/./*/src /'
needed 'FROM scratch' 'COPY --parents --exclude=**/src apps /'
needed 'FROM scratch' 'COPY --parents current/package.json /'
needed 'FROM scratch' 'COPY --parents apps/c /'
