# SPDX-License-Identifier: Apache-2.0
# The reason's wording differs between C libraries.
files a
ln -s .dockerignore .dockerignore
code j list
code j list --builder classic 2>err
sed 's/: [^:]*$//' err
