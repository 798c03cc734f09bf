# SPDX-License-Identifier: Apache-2.0
# Flags and sources that make no sense together.
files a
refused 'FROM x' 'COPY https://example.com/a /'
refused 'FROM x' 'COPY git@github.com:o/r.git /'
refused 'FROM x' 'ADD --checksum=sha256:aa a /'
refused 'FROM x' 'COPY --chmod=999 a /'
needed 'FROM x' 'COPY --chmod=u+rw a /'
refused 'FROM scratch' 'RUN --mount=type=bind,source=a true'
refused 'FROM x' 'RUN --mount=tpye=bind,target=/x true'
refused 'FROM x' 'RUN --mount=type=bnid,target=/x true'
refused 'FROM x' 'RUN \' ' --mount=type=cache,target=/a \' ' --mount=nonsense true'
refused 'FROM x' 'COPY a \' '  http://example.com/a \' '  /x/'
refused 'FROM x' 'EXPOSE abc'
refused 'FROM x' 'STOPSIGNAL FOO'
refused 'FROM x' 'ADD --checksum=foo https://example.com/f /'
