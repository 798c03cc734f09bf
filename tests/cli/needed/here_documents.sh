# SPDX-License-Identifier: Apache-2.0
# Inline files are no sources; what stands beside them is.
files a b
needed 'FROM scratch' 'COPY <<E /x' 'COPY b /' 'E'
needed 'FROM scratch' 'COPY <<-"E" a <<F /x/' '	one $NOT_LOOKED_AT' '	E' 'two' 'F' 'COPY b /'
needed 'FROM x' 'RUN <<E' 'COPY a /' 'E'
needed 'FROM x' 'COPY <<E /x' '${A:?what is A}' 'E'
