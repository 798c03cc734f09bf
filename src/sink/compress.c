/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/compress.h"

#include "base/error.h"
#include "sink/codec.h"

#include <stdlib.h>
#include <string.h>

/* More threads than that were never worth their memory. */
enum { MAX_THREADS = 64 };

struct jet_compressor {
	const struct jet_codec *codec; /* NULL: the bytes as they are */
	void *state;
	jet_write_fn write; /* of the bytes as they are */
	void *ctx;
	int failed; /* the first failure, or 0 */
};

static const struct jet_codec *const codecs[] = { &jet_codec_gzip, &jet_codec_zstd, &jet_codec_xz };

enum { NCODECS = sizeof(codecs) / sizeof(codecs[0]) };

/* ---- how ---------------------------------------------------------------- */

static int parse_level(const struct jet_codec *codec, const char *text, int *level,
                       struct jet_error *err)
{
	int value = 0;
	size_t n = 0;

	/* Three digits are more than any level has. */
	for (; n < 3 && text[n] >= '0' && text[n] <= '9'; n++)
		value = value * 10 + text[n] - '0';
	if (!n || text[n] || value < codec->min || value > codec->max)
		return jet_fail(err, JET_E_ARG, NULL, "takes levels from %s:%d to %s:%d", codec->name,
		                codec->min, codec->name, codec->max);
	*level = value;
	return 0;
}

int jet_compression_parse(const char *text, struct jet_compression *how, struct jet_error *err)
{
	const size_t len = strcspn(text, ":");

	if (strcmp(text, "none") == 0) {
		*how = (struct jet_compression){ 0 };
		return 0;
	}
	for (size_t i = 0; i < NCODECS; i++) {
		const struct jet_codec *codec = codecs[i];

		if (len != strlen(codec->name) || memcmp(text, codec->name, len) != 0)
			continue;
		if (!codec->open)
			return jet_fail(err, JET_E_ARG, NULL, "cannot use %s: it is not built in",
			                codec->name);
		*how = (struct jet_compression){ codec, codec->usual };
		return text[len] ? parse_level(codec, text + len + 1, &how->level, err) : 0;
	}
	return jet_fail(err, JET_E_ARG, NULL, "knows no \"%.60s\": use none, gzip, zstd or xz", text);
}

const char *jet_compression_name(const struct jet_compression *how)
{
	return how->codec ? how->codec->name : "none";
}

/* ---- the stream --------------------------------------------------------- */

int jet_compressor_open(const struct jet_compression *how, unsigned threads, jet_write_fn write,
                        void *ctx, struct jet_compressor **out, struct jet_error *err)
{
	const struct jet_codec_options options = {
		.level = how->level,
		.threads = !threads ? 1 : threads > MAX_THREADS ? MAX_THREADS : threads,
		.write = write,
		.ctx = ctx,
	};
	struct jet_compressor *z = calloc(1, sizeof(*z));

	*out = NULL;
	if (!z)
		return jet_fail_nomem(err);
	z->codec = how->codec;
	z->write = write;
	z->ctx = ctx;
	if (z->codec && z->codec->open(&options, &z->state) < 0) {
		jet_compressor_close(z);
		return jet_fail_nomem(err);
	}
	*out = z;
	return 0;
}

int jet_compressor_write(void *ctx, const void *data, size_t len)
{
	struct jet_compressor *z = ctx;

	if (z->failed)
		return -1;
	if (z->codec)
		z->failed = z->codec->write(z->state, data, len);
	else if (z->write(z->ctx, data, len) != 0)
		z->failed = JET_E_WRITE;
	return z->failed ? -1 : 0;
}

int jet_compressor_finish(struct jet_compressor *z, struct jet_error *err)
{
	if (!z->failed && z->codec)
		z->failed = z->codec->finish(z->state);
	if (z->failed == JET_E_NOMEM)
		return jet_fail_nomem(err);
	return z->failed ? jet_fail(err, z->failed, NULL, "the archive cannot be written") : 0;
}

void jet_compressor_close(struct jet_compressor *z)
{
	if (z && z->codec)
		z->codec->close(z->state);
	free(z);
}
