# SPDX-License-Identifier: Apache-2.0
# ADD: local files and archives; URLs and git are not in the context.
files docs/a.md github.com/o/r/x
tar -cf ar.tar docs
needed 'FROM scratch' 'ADD ar.tar /'
needed 'FROM scratch' 'ADD --unpack=false ar.tar /'
needed 'FROM scratch' 'ADD https://example.com/x.tgz git@github.com:o/r.git docs /'
needed 'FROM scratch' 'ADD --checksum=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 https://example.com/x /'
needed 'FROM scratch' 'ADD github.com/o/r /'
