/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zlib knows no threads, so the input is cut into blocks that are deflated side by
 * side and written in order: one gzip member, as pigz makes it.  Each block begins
 * with the end of the one before as its dictionary and ends at a byte.
 */
#include "sink/codec.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* The cuts are in the output, so they must not depend on anything else. */
enum { BLOCK_BYTES = 256 * 1024, WINDOW_BYTES = 32 * 1024 };

/* compressBound(BLOCK_BYTES), and room for the empty block of a flush. */
enum { ROOM_BYTES = BLOCK_BYTES + BLOCK_BYTES / 1000 + 1024 };

struct block {
	unsigned char data[WINDOW_BYTES + BLOCK_BYTES]; /* dictionary, bytes */
	unsigned char out[ROOM_BYTES];
	size_t window, len, out_len;
	uLong crc;
	bool last, done, failed;
};

struct worker {
	pthread_t thread;
	z_stream stream;
	struct gzip *owner;
};

/* Blocks are a ring: number @n lies at n % nblocks. */
struct gzip {
	jet_write_fn write;
	void *ctx;
	struct block *blocks;
	size_t nblocks;
	struct worker *workers;
	size_t nstreams, nthreads; /* workers with a stream, and those that run */
	uint64_t filling, written; /* the caller's: block numbers */
	uLong crc;
	uint32_t total;            /* bytes, as the trailer counts them */

	pthread_mutex_t lock;      /* for what follows, and block.done */
	pthread_cond_t changed;
	uint64_t ready, taken;     /* blocks handed over, and those that have a worker */
	bool stop;
};

/* ---- workers ------------------------------------------------------------ */

static void deflate_block(z_stream *s, struct block *b)
{
	int rc = deflateReset(s);

	if (rc == Z_OK && b->window)
		rc = deflateSetDictionary(s, b->data + WINDOW_BYTES - b->window, (uInt)b->window);
	s->next_in = b->data + WINDOW_BYTES;
	s->avail_in = (uInt)b->len;
	s->next_out = b->out;
	s->avail_out = sizeof(b->out);
	if (rc == Z_OK)
		rc = deflate(s, b->last ? Z_FINISH : Z_SYNC_FLUSH);
	b->failed = rc != (b->last ? Z_STREAM_END : Z_OK) || s->avail_in || !s->avail_out;
	b->out_len = sizeof(b->out) - s->avail_out;
	b->crc = crc32(0, b->data + WINDOW_BYTES, (uInt)b->len);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct gzip *z = w->owner;

	pthread_mutex_lock(&z->lock);
	for (;;) {
		struct block *b;

		while (z->taken == z->ready && !z->stop)
			pthread_cond_wait(&z->changed, &z->lock);
		if (z->stop)
			break;
		b = &z->blocks[z->taken++ % z->nblocks];
		pthread_mutex_unlock(&z->lock);
		deflate_block(&w->stream, b);
		pthread_mutex_lock(&z->lock);
		b->done = true;
		pthread_cond_broadcast(&z->changed);
	}
	pthread_mutex_unlock(&z->lock);
	return NULL;
}

/* ---- the caller --------------------------------------------------------- */

/* Writes the oldest block, once it is done. */
static int write_oldest(struct gzip *z)
{
	/* No name, no time, an unknown system: nothing that differs between machines. */
	static const unsigned char header[10] = { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255 };
	struct block *b = &z->blocks[z->written % z->nblocks];

	if (!z->written && z->write(z->ctx, header, sizeof(header)) != 0)
		return JET_E_WRITE;
	pthread_mutex_lock(&z->lock);
	while (!b->done)
		pthread_cond_wait(&z->changed, &z->lock);
	pthread_mutex_unlock(&z->lock);
	z->written++;
	z->crc = crc32_combine(z->crc, b->crc, (z_off_t)b->len);
	z->total += (uint32_t)b->len;
	if (b->failed)
		return JET_E_NOMEM;
	return z->write(z->ctx, b->out, b->out_len) == 0 ? 0 : JET_E_WRITE;
}

/* Hands the block being filled over, and begins the next one. */
static int hand_over(struct gzip *z, bool last)
{
	struct block *b = &z->blocks[z->filling++ % z->nblocks];
	struct block *next = &z->blocks[z->filling % z->nblocks];
	int rc = 0;

	b->last = last;
	b->done = false;
	pthread_mutex_lock(&z->lock);
	z->ready++;
	pthread_cond_broadcast(&z->changed);
	pthread_mutex_unlock(&z->lock);
	if (last)
		return 0;
	if (z->filling - z->written == z->nblocks)
		rc = write_oldest(z);
	next->window = WINDOW_BYTES;
	next->len = 0;
	/* Only full blocks have one behind them; workers leave the bytes alone. */
	memcpy(next->data, b->data + BLOCK_BYTES, WINDOW_BYTES);
	return rc;
}

static int gzip_write(void *state, const void *data, size_t len)
{
	struct gzip *z = state;
	const unsigned char *bytes = data;

	while (len) {
		struct block *b = &z->blocks[z->filling % z->nblocks];
		const size_t n = len < BLOCK_BYTES - b->len ? len : BLOCK_BYTES - b->len;
		int rc;

		/* Handed over only when more comes: the last one is marked. */
		if (!n) {
			rc = hand_over(z, false);
			if (rc < 0)
				return rc;
			continue;
		}
		memcpy(b->data + WINDOW_BYTES + b->len, bytes, n);
		b->len += n;
		bytes += n;
		len -= n;
	}
	return 0;
}

static void put_le32(unsigned char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(value >> 8 * i);
}

static int gzip_finish(void *state)
{
	struct gzip *z = state;
	unsigned char trailer[8];
	int rc = hand_over(z, true);

	while (rc == 0 && z->written < z->filling)
		rc = write_oldest(z);
	put_le32(trailer, (uint32_t)z->crc);
	put_le32(trailer + 4, z->total);
	if (rc == 0 && z->write(z->ctx, trailer, sizeof(trailer)) != 0)
		rc = JET_E_WRITE;
	return rc;
}

/* ---- opening ------------------------------------------------------------ */

static void gzip_close(void *state)
{
	struct gzip *z = state;

	if (!z)
		return;
	pthread_mutex_lock(&z->lock);
	z->stop = true;
	pthread_cond_broadcast(&z->changed);
	pthread_mutex_unlock(&z->lock);
	for (size_t i = 0; i < z->nthreads; i++)
		pthread_join(z->workers[i].thread, NULL);
	for (size_t i = 0; i < z->nstreams; i++)
		deflateEnd(&z->workers[i].stream);
	pthread_cond_destroy(&z->changed);
	pthread_mutex_destroy(&z->lock);
	free(z->workers);
	free(z->blocks);
	free(z);
}

/* Streams first: what they need is all that is allocated. */
static int start(struct gzip *z, size_t nworkers, int level)
{
	for (; z->nstreams < nworkers; z->nstreams++) {
		struct worker *w = &z->workers[z->nstreams];

		w->owner = z;
		if (deflateInit2(&w->stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
			return JET_E_NOMEM;
	}
	for (; z->nthreads < nworkers; z->nthreads++) {
		struct worker *w = &z->workers[z->nthreads];

		if (pthread_create(&w->thread, NULL, work, w) != 0)
			break;
	}
	return z->nthreads ? 0 : JET_E_NOMEM;
}

static int gzip_open(const struct jet_codec_options *o, void **state)
{
	struct gzip *z = calloc(1, sizeof(*z));

	*state = NULL;
	if (!z)
		return JET_E_NOMEM;
	if (pthread_mutex_init(&z->lock, NULL) != 0) {
		free(z);
		return JET_E_NOMEM;
	}
	if (pthread_cond_init(&z->changed, NULL) != 0) {
		pthread_mutex_destroy(&z->lock);
		free(z);
		return JET_E_NOMEM;
	}
	*state = z;
	z->write = o->write;
	z->ctx = o->ctx;
	/* One that is filled, and one waiting behind each that is worked on. */
	z->nblocks = 2 * (size_t)o->threads + 1;
	z->blocks = calloc(z->nblocks, sizeof(*z->blocks));
	z->workers = calloc(o->threads, sizeof(*z->workers));
	return z->blocks && z->workers ? start(z, o->threads, o->level) : JET_E_NOMEM;
}

const struct jet_codec jet_codec_gzip = {
	.name = "gzip", .min = 1, .max = 9, .usual = 6,
	.open = gzip_open, .write = gzip_write, .finish = gzip_finish, .close = gzip_close,
};
