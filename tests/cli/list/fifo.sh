# SPDX-License-Identifier: Apache-2.0
# Listed, never opened: opening would wait forever.
mkfifo pipe
dated pipe
j list --json
j list --builder classic
j list --builder buildah
