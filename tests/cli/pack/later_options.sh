# SPDX-License-Identifier: Apache-2.0
files a
code j pack --normalize
code j pack --compress zstd
code j pack --format=dir
code j pack --normalise
