# SPDX-License-Identifier: Apache-2.0
# A source that is not there: what was written, and what may have been meant.
files src/main.c docs/readme.md ReadMe
refused 'FROM x' 'COPY main.c /'
refused 'FROM x' 'COPY src/man.c /'
refused 'FROM x' 'COPY dcos /'
refused 'FROM x' 'COPY README /'
refused 'FROM x' '' 'ADD docs src/nothing/like/it /'
refused 'FROM x' 'COPY ./src//../src/mian.c/ /'
refused 'FROM x' 'ARG D=sr' 'COPY $D/main.c /'
refused 'FROM x' 'COPY sr/*.c /'
refused 'FROM x' 'RUN --mount=source=dosc,target=/x true'
refused 'FROM x' 'COPY --parents . /'
refused 'FROM x' 'COPY src/main.c/x /'
# On a line of its own.
refused 'FROM x' 'COPY docs \' '# both' '  dosc \' '  /x/'
