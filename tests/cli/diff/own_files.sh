# SPDX-License-Identifier: Apache-2.0
# What only an archive has, for the builder, is no difference, on either side; between two
# archives it is one.
built_in archive
dockerfile 'FROM scratch' 'COPY a /'
files a b
jettison pack -q -o ../t.tar
tar -cf ../bare.tar a
code jettison diff ../t.tar .
code jettison diff . ../t.tar
code jettison diff ../bare.tar ../t.tar
code jettison diff --scope tree . ../t.tar
