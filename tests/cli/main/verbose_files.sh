# SPDX-License-Identifier: Apache-2.0
files app/a app/Dockerfile
echo x >mine
j list -v app 2>&1 | sed 's/; [0-9.]* s$/; N s/'
j list -v --builder buildah --ignore-file mine app 2>&1 | sed 's/; [0-9.]* s$/; N s/'
j list -v --scope tree app 2>&1 | sed 's/; [0-9.]* s$/; N s/'
