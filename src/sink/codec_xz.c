/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/codec.h"

#include <lzma.h>
#include <stdlib.h>

/* The size of the blocks is in the output, so it must not depend on anything but this
 * line.  Two dictionaries of the usual level: bigger ones leave threads idle. */
enum { OUT_BYTES = 128 * 1024, BLOCK_BYTES = 16 << 20 };

struct xz {
	lzma_stream stream;
	jet_write_fn write;
	void *ctx;
	unsigned char block[OUT_BYTES];
};

static void xz_close(void *state)
{
	struct xz *z = state;

	if (z)
		lzma_end(&z->stream);
	free(z);
}

static int xz_open(const struct jet_codec_options *o, void **state)
{
	const lzma_mt mt = {
		.threads = o->threads,
		.block_size = BLOCK_BYTES,
		.preset = (uint32_t)o->level,
		.check = LZMA_CHECK_CRC64,
	};
	struct xz *z = malloc(sizeof(*z));

	*state = z;
	if (!z)
		return JET_E_NOMEM;
	z->stream = (lzma_stream)LZMA_STREAM_INIT;
	z->write = o->write;
	z->ctx = o->ctx;
	return lzma_stream_encoder_mt(&z->stream, &mt) == LZMA_OK ? 0 : JET_E_NOMEM;
}

static int run(struct xz *z, const void *data, size_t len, lzma_action action)
{
	lzma_ret rc = LZMA_OK;

	z->stream.next_in = data;
	z->stream.avail_in = len;
	while (rc == LZMA_OK && (z->stream.avail_in || action == LZMA_FINISH)) {
		size_t got;

		z->stream.next_out = z->block;
		z->stream.avail_out = sizeof(z->block);
		rc = lzma_code(&z->stream, action);
		got = sizeof(z->block) - z->stream.avail_out;
		if (got && z->write(z->ctx, z->block, got) != 0)
			return JET_E_WRITE;
	}
	/* Correct calls fail for lack of memory only. */
	return rc == LZMA_OK || rc == LZMA_STREAM_END ? 0 : JET_E_NOMEM;
}

static int xz_write(void *state, const void *data, size_t len)
{
	return run(state, data, len, LZMA_RUN);
}

static int xz_finish(void *state)
{
	return run(state, NULL, 0, LZMA_FINISH);
}

const struct jet_codec jet_codec_xz = {
	.name = "xz", .min = 0, .max = 9, .usual = 6,
	.open = xz_open, .write = xz_write, .finish = xz_finish, .close = xz_close,
};
