# SPDX-License-Identifier: Apache-2.0
ln -s there here
ln -s here there
refused 'FROM x' 'COPY here /'
refused 'FROM x' '' 'COPY here/below /'
refused 'FROM x' 'COPY he* /'
