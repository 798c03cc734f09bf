# SPDX-License-Identifier: Apache-2.0
# What they miss is no error, what they say wrongly is.
files a
needed 'FROM x AS unused' 'COPY missing /' 'FROM y' 'COPY a /'
needed 'FROM x AS unused' 'COPY $${ /' 'FROM y' 'COPY a /'
needed 'FROM x AS unused' 'COPPY a /' 'FROM y' 'COPY a /'
needed 'FROM x AS unused' 'COPY --from=7 a /' 'FROM y' 'COPY a /'
