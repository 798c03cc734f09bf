/* SPDX-License-Identifier: Apache-2.0 */
#include "sink/compress.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

struct sink {
	struct jet_buf out;
	size_t calls, fail_at; /* the call that fails, 1-based; 0: none */
};

static int take(void *ctx, const void *data, size_t len)
{
	struct sink *s = ctx;

	if (++s->calls == s->fail_at)
		return 1;
	return jet_buf_append(&s->out, data, len);
}

static unsigned below(uint64_t *state, unsigned n)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(*state >> 33) % n;
}

/* Something like a tar: words, with stretches that nothing makes smaller. */
static void make_data(struct jet_buf *data, size_t len)
{
	uint64_t r = len;

	while (data->len < len) {
		if (below(&r, 8) == 0) {
			for (int i = 0; i < 700; i++)
				cr_assert_eq(jet_buf_byte(data, (char)below(&r, 256)), 0);
		} else {
			cr_assert_eq(jet_buf_printf(data, "word%u ", below(&r, 300)), 0);
		}
	}
	data->len = len;
}

/* @step: how many bytes at a time; 0: all. */
static int compress_all(struct sink *s, const char *how, unsigned threads,
                        const struct jet_buf *data, size_t step)
{
	struct jet_compression c;
	struct jet_compressor *z;
	int rc = 0;

	cr_assert_eq(jet_compression_parse(how, &c, NULL), 0);
	cr_assert_eq(jet_compressor_open(&c, threads, take, s, &z, NULL), 0);
	for (size_t at = 0; at < data->len && rc == 0;) {
		const size_t n = !step || step > data->len - at ? data->len - at : step;

		rc = jet_compressor_write(z, data->data + at, n);
		at += n;
	}
	rc = jet_compressor_finish(z, NULL);
	jet_compressor_close(z);
	return rc;
}

/* ---- reading it back ---------------------------------------------------- */

static size_t gunzip(const struct jet_buf *in, char *out, size_t size)
{
	z_stream s = { .next_in = (Bytef *)in->data, .avail_in = (uInt)in->len,
		       .next_out = (Bytef *)out, .avail_out = (uInt)size };

	cr_assert_eq(inflateInit2(&s, 31), Z_OK);
	cr_assert_eq(inflate(&s, Z_FINISH), Z_STREAM_END, "one member");
	cr_assert_eq(s.avail_in, 0, "nothing behind it");
	inflateEnd(&s);
	return s.total_out;
}

static size_t unxz(const struct jet_buf *in, char *out, size_t size)
{
	uint64_t limit = UINT64_MAX;
	size_t in_at = 0, out_at = 0;

	cr_assert_eq(lzma_stream_buffer_decode(&limit, 0, NULL, (const uint8_t *)in->data, &in_at,
	                                       in->len, (uint8_t *)out, &out_at, size), LZMA_OK);
	cr_assert_eq(in_at, in->len);
	return out_at;
}

static size_t expand(const char *how, const struct jet_buf *in, char *out, size_t size)
{
	if (how[0] == 'g')
		return gunzip(in, out, size);
	if (how[0] == 'x')
		return unxz(in, out, size);
	if (how[0] == 'z')
		return ZSTD_decompress(out, size, in->data, in->len);
	cr_assert_leq(in->len, size);
	if (in->len)
		memcpy(out, in->data, in->len);
	return in->len;
}

/* ---- tests -------------------------------------------------------------- */

Test(compress, everything_comes_back)
{
	static const char *const hows[] = { "none", "gzip", "gzip:1", "zstd", "zstd:1", "xz:0" };
	static const size_t sizes[] = {
		0, 1, 1000, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 512 * 1024, 1500000,
	};

	for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
			struct jet_buf data = { 0 };
			struct sink s = { .calls = 0 };
			char *back = malloc(sizes[k] + 1);

			cr_assert(back);
			make_data(&data, sizes[k]);
			cr_assert_eq(compress_all(&s, hows[i], 2, &data, 10240), 0, "%s %zu", hows[i],
			             sizes[k]);
			cr_expect_eq(expand(hows[i], &s.out, back, sizes[k] + 1), sizes[k], "%s %zu", hows[i],
			             sizes[k]);
			cr_expect(sizes[k] == 0 || memcmp(back, data.data, sizes[k]) == 0, "%s %zu", hows[i],
			          sizes[k]);
			free(back);
			jet_buf_clear(&data);
			jet_buf_clear(&s.out);
		}
	}
}

Test(compress, threads_and_pieces_do_not_show)
{
	/* More than one block of each. */
	static const struct {
		const char *how;
		size_t len;
	} hows[] = {
		{ "gzip", 1500000 }, { "gzip:1", 600000 }, { "zstd:1", 9 << 20 }, { "xz:0", 17 << 20 },
	};
	static const struct {
		unsigned threads;
		size_t step;
	} ways[] = { { 7, 777 }, { 0, 99999 } };

	for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		struct sink first = { .calls = 0 };
		struct jet_buf data = { 0 };

		make_data(&data, hows[i].len);
		cr_assert_eq(compress_all(&first, hows[i].how, 1, &data, 512), 0);
		for (size_t k = 0; k < sizeof(ways) / sizeof(ways[0]); k++) {
			struct sink s = { .calls = 0 };

			cr_assert_eq(compress_all(&s, hows[i].how, ways[k].threads, &data, ways[k].step), 0);
			cr_expect(s.out.len == first.out.len &&
			                  memcmp(s.out.data, first.out.data, s.out.len) == 0,
			          "%s with %u threads", hows[i].how, ways[k].threads);
			jet_buf_clear(&s.out);
		}
		jet_buf_clear(&first.out);
		jet_buf_clear(&data);
	}
}

Test(compress, a_gzip_header_says_nothing)
{
	static const char want[] = { 0x1F, (char)0x8B, 8, 0, 0, 0, 0, 0, 0, (char)255 };
	struct jet_buf data = { 0 };
	struct sink s = { .calls = 0 };

	cr_assert_eq(compress_all(&s, "gzip", 1, &data, 0), 0);
	cr_expect_arr_eq(s.out.data, want, sizeof(want));
	jet_buf_clear(&s.out);
}

Test(compress, every_call_that_cannot_write_is_reported)
{
	static const char *const hows[] = { "none", "gzip:1", "zstd:1", "xz:0" };
	struct jet_buf data = { 0 };

	make_data(&data, 1 << 20);
	for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		struct sink whole = { .calls = 0 };

		cr_assert_eq(compress_all(&whole, hows[i], 3, &data, 1 << 20), 0);
		for (size_t k = 1; k <= whole.calls; k++) {
			struct sink s = { .fail_at = k };

			cr_expect_eq(compress_all(&s, hows[i], 3, &data, 1 << 20), JET_E_WRITE, "%s call %zu",
			             hows[i], k);
			cr_expect_eq(s.calls, k, "%s: written after a failure", hows[i]);
			jet_buf_clear(&s.out);
		}
		jet_buf_clear(&whole.out);
	}
	jet_buf_clear(&data);
}

Test(compress, a_stream_may_be_given_up_anywhere)
{
	static const char *const hows[] = { "none", "gzip", "zstd", "xz" };
	struct jet_buf data = { 0 };

	make_data(&data, 2 << 20);
	for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		for (size_t len = 0; len <= data.len; len += 1 << 20) {
			struct sink s = { .calls = 0 };
			struct jet_compression c;
			struct jet_compressor *z;

			cr_assert_eq(jet_compression_parse(hows[i], &c, NULL), 0);
			cr_assert_eq(jet_compressor_open(&c, 4, take, &s, &z, NULL), 0);
			cr_assert_eq(jet_compressor_write(z, data.data, len), 0);
			jet_compressor_close(z);
			jet_buf_clear(&s.out);
		}
	}
	jet_compressor_close(NULL);
	jet_buf_clear(&data);
}

Test(compress, what_a_user_writes)
{
	static const struct {
		const char *text, *name;
		int level;
		const char *error; /* NULL: fine */
	} rows[] = {
		{ "none", "none", 0, NULL },
		{ "gzip", "gzip", 6, NULL },
		{ "gzip:1", "gzip", 1, NULL },
		{ "gzip:9", "gzip", 9, NULL },
		{ "zstd", "zstd", 3, NULL },
		{ "zstd:22", "zstd", 22, NULL },
		{ "xz", "xz", 6, NULL },
		{ "xz:0", "xz", 0, NULL },
		{ "xz:09", "xz", 9, NULL },
		{ "gzip:0", NULL, 0, "takes levels from gzip:1 to gzip:9" },
		{ "gzip:10", NULL, 0, "takes levels from gzip:1 to gzip:9" },
		{ "zstd:23", NULL, 0, "takes levels from zstd:1 to zstd:22" },
		{ "zstd:-1", NULL, 0, "takes levels from zstd:1 to zstd:22" },
		{ "zstd:", NULL, 0, "takes levels from zstd:1 to zstd:22" },
		{ "xz:9e", NULL, 0, "takes levels from xz:0 to xz:9" },
		{ "xz:99999999999", NULL, 0, "takes levels from xz:0 to xz:9" },
		{ "none:1", NULL, 0, "knows no \"none:1\": use none, gzip, zstd or xz" },
		{ "bzip2", NULL, 0, "knows no \"bzip2\": use none, gzip, zstd or xz" },
		{ "gz", NULL, 0, "knows no \"gz\": use none, gzip, zstd or xz" },
		{ "gzipx", NULL, 0, "knows no \"gzipx\": use none, gzip, zstd or xz" },
		{ "GZIP", NULL, 0, "knows no \"GZIP\": use none, gzip, zstd or xz" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_compression how = { 0 };
		struct jet_error err = { 0 };
		int rc = jet_compression_parse(rows[i].text, &how, &err);

		cr_expect_eq(rc, rows[i].error ? JET_E_ARG : 0, "%s", rows[i].text);
		if (rows[i].error) {
			cr_expect_str_eq(err.message, rows[i].error, "%s: %s", rows[i].text, err.message);
			continue;
		}
		cr_expect_str_eq(jet_compression_name(&how), rows[i].name, "%s", rows[i].text);
		cr_expect_eq(how.level, rows[i].level, "%s", rows[i].text);
	}
}
