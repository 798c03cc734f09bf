# SPDX-License-Identifier: Apache-2.0
# As the builder matches them: * takes dots, no slash, nothing is no error.
files a.c b.c .d.c e.h sub/f.c 'x[1].c' sub/deep/g.c
needed 'FROM scratch' 'COPY *.c /'
needed 'FROM scratch' 'COPY [ab].? /'
needed 'FROM scratch' 'COPY s*b /'
needed 'FROM scratch' 'COPY */*.c /'
needed 'FROM scratch' 'COPY **/*.c /'
needed 'FROM scratch' 'COPY x[[]1].c /'
needed 'FROM scratch' 'COPY *.nothing /'
needed 'FROM scratch' 'COPY nowhere/*.c /'
needed 'FROM scratch' 'COPY ["a.c", "sub/*", "/"]'
