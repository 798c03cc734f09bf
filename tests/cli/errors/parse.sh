# SPDX-License-Identifier: Apache-2.0
# Lines that no builder takes: where, what, and what was meant.
files a
refused 'FORM x'
refused 'FROM x' '' '  COPPY a /'
refused 'FROM x' 'COPY --chwon=1 a /'
refused 'FROM x' 'COPY \' '  --link \' '  --exlcude=b \' '  a /'
refused 'FROM x' 'COPY a'
refused 'FROM x' 'ENV a'
refused 'FROM x AS 9a'
refused 'FROM x y'
refused 'FROM x' 'COPY <<E /x' 'no end'
refused 'FROM x' 'COPY ["a", 1]'
refused 'FROM x' 'RUN --mount=type=bind,from=$X,target=/x true'
refused 'COPY a /'
refused '# only a comment'
refused 'ARG A=1'
refused '# escape=x' 'FROM x'
: >Dockerfile
code jettison list
code jettison list --json
refused 'FROM x' 'HEALTHCHECK --interval=5 CMD x'
refused 'FROM x' 'RUN --network=$N x'
refused 'FROM x' 'RUN --mount= x'
refused 'FROM x' 'RUN echo ${x^^} <<EOF' 'hi' 'EOF'
