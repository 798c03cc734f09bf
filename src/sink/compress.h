/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compress.h - a stream of bytes, smaller.
 *
 *   jet_compression_parse("zstd:9", &how, err)
 *   jet_compressor_open(&how, threads, write, ctx, &z, err)
 *   jet_compressor_write(z, data, len) ...
 *   jet_compressor_finish(z, err)
 *   jet_compressor_close(z)
 *
 * What comes out depends on the bytes that went in, the level and the version of the
 * library, never on the number of threads or on how the bytes were cut up.
 */
#ifndef JET_SINK_COMPRESS_H
#define JET_SINK_COMPRESS_H

#include "jettison.h"

struct jet_codec;

/** struct jet_compression - how to compress; zeroed: not at all. */
struct jet_compression {
	const struct jet_codec *codec; /* NULL: the bytes as they are */
	int level;
};

/**
 * jet_compression_parse() - from what a user writes: none, gzip, zstd, xz, and
 * ":LEVEL" behind one of the last three.
 *
 * Return: 0, or JET_E_ARG: no such word, a level out of range, or a codec that was
 * not built in.
 */
int jet_compression_parse(const char *text, struct jet_compression *how, struct jet_error *err);

/** jet_compression_name() - "none", "gzip", "zstd", "xz"; static. */
const char *jet_compression_name(const struct jet_compression *how);

struct jet_compressor;

/**
 * jet_compressor_open() - starts a stream.
 * @threads: that compress; 0 counts as 1
 * @write, @ctx: called with the compressed bytes, by the thread that calls these
 *               functions
 * @z: set on success; jet_compressor_close() it
 *
 * Return: 0 or JET_E_NOMEM.
 */
int jet_compressor_open(const struct jet_compression *how, unsigned threads, jet_write_fn write,
                        void *ctx, struct jet_compressor **z, struct jet_error *err);

/** jet_compressor_write() - a jet_write_fn: takes bytes.  0, or -1; then the stream
 *  is spoilt and jet_compressor_finish() says why. */
int jet_compressor_write(void *z, const void *data, size_t len);

/** jet_compressor_finish() - the end of the stream.  0, JET_E_WRITE or JET_E_NOMEM. */
int jet_compressor_finish(struct jet_compressor *z, struct jet_error *err);

/** jet_compressor_close() - frees it; accepts NULL. */
void jet_compressor_close(struct jet_compressor *z);

#endif
