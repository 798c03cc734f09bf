/* SPDX-License-Identifier: Apache-2.0 */
/* A build with nothing but the C library. */
#include "sink/codec.h"

const struct jet_codec jet_codec_gzip = { .name = "gzip" };
const struct jet_codec jet_codec_zstd = { .name = "zstd" };
const struct jet_codec jet_codec_xz = { .name = "xz" };
