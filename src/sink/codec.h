/* SPDX-License-Identifier: Apache-2.0 */
/* codec.h - what compress.c asks of a library that compresses.  codec_gzip.c,
 * codec_zstd.c and codec_xz.c each know one; codec_absent.c stands in for all
 * three in a build without libraries. */
#ifndef JET_SINK_CODEC_H
#define JET_SINK_CODEC_H

#include "jettison.h"

/** struct jet_codec_options - how a stream is to be made. */
struct jet_codec_options {
	int level;
	unsigned threads; /* at least 1 */
	jet_write_fn write;
	void *ctx;
};

/** struct jet_codec - functions that return 0, JET_E_WRITE or JET_E_NOMEM. */
struct jet_codec {
	const char *name;
	int min, max, usual; /* levels */
	/* Sets @state also on failure, if there is something to be closed. */
	int (*open)(const struct jet_codec_options *options, void **state); /* NULL: absent */
	int (*write)(void *state, const void *data, size_t len);
	int (*finish)(void *state);
	void (*close)(void *state); /* accepts NULL */
};

extern const struct jet_codec jet_codec_gzip, jet_codec_zstd, jet_codec_xz;

#endif
