# SPDX-License-Identifier: Apache-2.0
# Without libarchive an archive is no context.
echo FROM scratch | code jettison list -
