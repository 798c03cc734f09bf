# SPDX-License-Identifier: Apache-2.0
# An archive and its manifest cannot have one name, however it is written.
files a
dockerfile 'FROM scratch' 'COPY a /'
echo old >../same
ln -s same ../link
code jettison pack -o ../same --manifest ../same
code jettison pack -o ../same --manifest ../link
code jettison pack -o ../same --manifest ../work/../same
cat ../same
ls ..
