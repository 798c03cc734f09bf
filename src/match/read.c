/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include "base/error.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

/* bufio.Scanner's limit: a line of this many bytes is one too long. */
enum { MAX_LINE = 65536 };

struct reader {
	const char *name;
	jet_read_fn fn;
	void *ctx;
	struct jet_error *err;
	struct jet_buf line; /* the cleaned line */
};

static bool begins(struct jet_str s, const char *text)
{
	const size_t n = strlen(text);

	return s.len >= n && memcmp(s.data, text, n) == 0;
}

static struct jet_str cut_front(struct jet_str s, size_t n)
{
	return (struct jet_str){ s.data + n, s.len - n };
}

/* Go's Clean, appended to the line. */
static int put_clean(struct jet_buf *line, struct jet_str s)
{
	if (jet_buf_reserve(line, s.len + 1) < 0)
		return -1;
	line->len += jet_path_clean(s.data, s.len, line->data + line->len);
	return 0;
}

static int emit(struct reader *r, struct jet_str text, uint32_t number, size_t offset)
{
	struct jet_line line = {
		{ r->line.data, r->line.len }, text, number, (uint32_t)offset + 1,
	};

	return r->fn(r->ctx, &line);
}

/* ignorefile.ReadAll. */
static int read_moby_line(struct reader *r, struct jet_str raw, uint32_t number)
{
	struct jet_str text, s = raw;
	size_t start;

	if (raw.len >= MAX_LINE) {
		jet_fail(r->err, JET_E_SYNTAX, r->name,
		         "line is too long: builders take up to 65535 bytes");
		if (r->err)
			r->err->line = number;
		return JET_E_SYNTAX;
	}
	if (s.len && s.data[s.len - 1] == '\r')
		s.len--;
	if (number == 1 && begins(s, "\xEF\xBB\xBF"))
		s = cut_front(s, 3);
	if (begins(s, "#"))
		return 0;
	text = s = jet_str_trim(s);
	if (!s.len)
		return 0;
	r->line.len = 0;
	if (s.data[0] == '!') {
		s = jet_str_trim(cut_front(s, 1));
		if (jet_buf_byte(&r->line, '!') < 0)
			return jet_fail_nomem(r->err);
	}
	start = r->line.len;
	if (s.len && put_clean(&r->line, s) < 0)
		return jet_fail_nomem(r->err);
	if (r->line.len - start > 1 && r->line.data[start] == '/') {
		r->line.len--;
		memmove(r->line.data + start, r->line.data + start + 1, r->line.len - start);
	}
	return emit(r, text, number, (size_t)(text.data - raw.data));
}

/* imagebuilder's ParseIgnore: no trimming, no carriage return, no limit. */
static int read_buildah_line(struct reader *r, struct jet_str raw, uint32_t number)
{
	struct jet_str s = raw;

	if (!s.len || s.data[0] == '#')
		return 0;
	while (s.len && s.data[0] == '/')
		s = cut_front(s, 1);
	while (s.len && s.data[s.len - 1] == '/')
		s.len--;
	if (!s.len)
		return 0;
	r->line.len = 0;
	if (jet_buf_append(&r->line, s.data, s.len) < 0)
		return jet_fail_nomem(r->err);
	raw = jet_str_trim(raw);
	return emit(r, raw.len ? raw : s, number, 0);
}

int jet_ruleset_read(const void *data, size_t len, const char *name,
                     const struct jet_dialect *dialect, jet_read_fn fn, void *ctx,
                     struct jet_error *err)
{
	struct reader r = { .name = name, .fn = fn, .ctx = ctx, .err = err };
	const char *at = data;
	uint32_t number = 0;
	int rc = 0;

	while (!rc && len) {
		const char *end = memchr(at, '\n', len);
		struct jet_str raw = { at, end ? (size_t)(end - at) : len };

		number++;
		rc = dialect->reader == JET_READER_MOBY ? read_moby_line(&r, raw, number)
		                                        : read_buildah_line(&r, raw, number);
		len -= raw.len + (end != NULL);
		at += raw.len + (end != NULL);
	}
	jet_buf_clear(&r.line);
	return rc;
}

struct lines_only {
	jet_line_fn fn;
	void *ctx;
};

static int pass_line(void *ctx, const struct jet_line *line)
{
	const struct lines_only *only = ctx;

	return only->fn(only->ctx, line->rule.data, line->rule.len);
}

int jet_ruleset_read_lines(const void *data, size_t len, const char *name,
                           enum jet_builder builder, jet_line_fn fn, void *ctx,
                           struct jet_error *err)
{
	struct lines_only only = { fn, ctx };
	const int rc = jet_dialect_check(builder, err);

	if (rc)
		return rc;
	return jet_ruleset_read(data, len, name, jet_dialect_of(builder), pass_line, &only, err);
}
