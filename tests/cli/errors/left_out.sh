# SPDX-License-Identifier: Apache-2.0
# The file is there, but the ignore file leaves it out: which line.
files a.log keep/b.log dist/app.js src/x
rules '# built' '' 'dist' '*.log' '**/*.log' '!a.log'
refused 'FROM x' 'COPY dist/app.js /'
refused 'FROM x' 'COPY dist /'
refused 'FROM x' 'COPY keep/b.log /'
refused 'FROM x' 'COPY --parents keep/b.log /'
refused 'FROM x' 'RUN --mount=source=dist,target=/x true'
echo "--- not there, and would be left out"
refused 'FROM x' 'COPY dist/nothing.js /'
echo "--- brought back"
needed 'FROM x' 'COPY a.log /'
echo "--- of the file that is used"
echo src >Dockerfile.dockerignore
refused 'FROM x' 'COPY src /'
echo 'src/*' >other
code jettison list --ignore-file other
refused 'FROM x' 'COPY src/x /'
code jettison list --ignore-file other
echo "--- through a link"
rm Dockerfile.dockerignore
ln -s dist/app.js link
refused 'FROM x' 'COPY link /'
