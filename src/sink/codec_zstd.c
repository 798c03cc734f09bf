/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/codec.h"

#include <stdlib.h>
#include <zstd.h>

struct zstd {
	ZSTD_CCtx *ctx;
	jet_write_fn write;
	void *write_ctx;
	char *block;
	size_t size;
};

static void zstd_close(void *state)
{
	struct zstd *z = state;

	if (!z)
		return;
	ZSTD_freeCCtx(z->ctx);
	free(z->block);
	free(z);
}

static int zstd_open(const struct jet_codec_options *o, void **state)
{
	struct zstd *z = calloc(1, sizeof(*z));

	*state = z;
	if (!z)
		return JET_E_NOMEM;
	z->write = o->write;
	z->write_ctx = o->ctx;
	z->size = ZSTD_CStreamOutSize();
	z->block = malloc(z->size);
	z->ctx = ZSTD_createCCtx();
	if (!z->block || !z->ctx)
		return JET_E_NOMEM;
	/* One worker cuts the input into the same jobs as many do; none would not.  A
	 * library without threads refuses that, and then never has any. */
	ZSTD_CCtx_setParameter(z->ctx, ZSTD_c_nbWorkers, (int)o->threads);
	if (ZSTD_isError(ZSTD_CCtx_setParameter(z->ctx, ZSTD_c_compressionLevel, o->level)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(z->ctx, ZSTD_c_checksumFlag, 1)))
		return JET_E_NOMEM;
	return 0;
}

static int run(struct zstd *z, ZSTD_inBuffer *in, ZSTD_EndDirective mode)
{
	size_t left;

	do {
		ZSTD_outBuffer out = { z->block, z->size, 0 };

		left = ZSTD_compressStream2(z->ctx, &out, in, mode);
		if (ZSTD_isError(left))
			return JET_E_NOMEM; /* the only one that correct calls can get */
		if (out.pos && z->write(z->write_ctx, z->block, out.pos) != 0)
			return JET_E_WRITE;
	} while (mode == ZSTD_e_end ? left != 0 : in->pos < in->size);
	return 0;
}

static int zstd_write(void *state, const void *data, size_t len)
{
	ZSTD_inBuffer in = { data, len, 0 };

	return run(state, &in, ZSTD_e_continue);
}

static int zstd_finish(void *state)
{
	ZSTD_inBuffer in = { "", 0, 0 };

	return run(state, &in, ZSTD_e_end);
}

/* Above 19 the command line tool wants --ultra, because reading takes as much memory
 * as writing: still within what every reader allows, 128 MiB. */
const struct jet_codec jet_codec_zstd = {
	.name = "zstd", .min = 1, .max = 22, .usual = 3,
	.open = zstd_open, .write = zstd_write, .finish = zstd_finish, .close = zstd_close,
};
