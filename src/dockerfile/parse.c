/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/parse_private.h"

#include "base/error.h"
#include "dockerfile/check.h"
#include "dockerfile/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int jet_fail_spot(struct jet_error *err, int code, const char *file, struct jet_spot at,
                  const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	jet_vfail(err, code, file, format, ap);
	va_end(ap);
	if (err) {
		err->line = at.line;
		err->column = at.column;
	}
	return code;
}

void jet_error_word(struct jet_error *err, struct jet_spot word)
{
	char text[40];

	if (!err || !word.line)
		return;
	if (err->line == word.line) {
		err->column = word.column;
		return;
	}
	snprintf(text, sizeof(text), " (in line %u)", (unsigned)word.line);
	jet_error_append(err, text);
}

int jet_fail_word(struct jet_error *err, int code, const char *file, struct jet_spot told,
                  struct jet_spot word, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	jet_vfail(err, code, file, format, ap);
	va_end(ap);
	if (err) {
		err->line = told.line;
		err->column = told.column;
	}
	jet_error_word(err, word);
	return code;
}

/* ---- here-documents ----------------------------------------------------- */

static bool takes_heredocs(const struct jet_instruction *in)
{
	if (in->keyword == JET_KEYWORD_ONBUILD && in->nested)
		in = in->nested;
	return (in->keyword == JET_KEYWORD_ADD || in->keyword == JET_KEYWORD_COPY ||
	        in->keyword == JET_KEYWORD_RUN) && !in->json;
}

static bool ends(struct jet_str raw, const struct jet_heredoc *doc)
{
	while (raw.len && (raw.data[raw.len - 1] == '\n' || raw.data[raw.len - 1] == '\r'))
		raw.len--;
	while (doc->chomp && raw.len && raw.data[0] == '\t') {
		raw.data++;
		raw.len--;
	}
	return raw.len == doc->name.len && memcmp(raw.data, doc->name.data, raw.len) == 0;
}

static int read_body(struct jet_parser *p, const struct jet_instruction *in, struct jet_heredoc *doc)
{
	const char *start = p->lines.at;
	struct jet_str raw;

	while (jet_lines_raw(&p->lines, &raw)) {
		if (!ends(raw, doc))
			continue;
		doc->body.len = (size_t)(raw.data - start);
		doc->body.data = jet_arena_dup(&p->df->arena, start, doc->body.len);
		doc->end_line = p->lines.line;
		return doc->body.data ? 0 : jet_fail_nomem(p->err);
	}
	return jet_fail_spot(p->err, JET_E_PARSE, p->df->name, in->at,
	                     "unterminated heredoc: there is no line \"%s\"", JET_SHOW(doc->name));
}

/* What one of these opens is read, or, where the dialect has none, only noted. */
static int take_heredoc(struct jet_parser *p, struct jet_instruction *in, struct jet_heredoc doc,
                        struct jet_reach written)
{
	doc.at = jet_lines_spot(&p->lines, written.offset);
	doc.end = jet_lines_end(&p->lines, written.end);
	if (!p->df->dialect->heredocs) {
		if (!p->df->unread.line)
			p->df->unread = doc.at;
		return 0;
	}
	in->heredocs[in->nheredocs] = doc;
	return read_body(p, in, &in->heredocs[in->nheredocs++]);
}

static int read_heredocs(struct jet_parser *p, struct jet_instruction *in, struct jet_str line)
{
	struct jet_word_list words = { .arena = &p->df->arena, .base = line.data };
	int rc = jet_words_shell(&words, line) < 0 ? jet_fail_nomem(p->err) : 0;

	in->heredocs = jet_arena_array(&p->df->arena, words.n, sizeof(*in->heredocs));
	if (!in->heredocs)
		rc = jet_fail_nomem(p->err);
	for (size_t i = 0; rc == 0 && i < words.n; i++) {
		struct jet_heredoc doc;
		int found = jet_heredoc_word(&p->df->arena, words.texts[i], &doc);

		if (found == JET_HEREDOC_NOMEM)
			rc = jet_fail_nomem(p->err);
		else if (found == JET_HEREDOC_BAD)
			rc = jet_fail_spot(p->err, JET_E_PARSE, p->df->name, in->at,
			                   "the name of a here-document does not end");
		else if (found == JET_HEREDOC_FOUND)
			rc = take_heredoc(p, in, doc, words.reaches[i]);
	}
	jet_words_clear(&words);
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

static bool has_heredoc_mark(struct jet_str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		if (s.data[i] == '<' && s.data[i + 1] == '<')
			return true;
	}
	return false;
}

static int add_line(struct jet_parser *p)
{
	struct jet_dockerfile *df = p->df;
	struct jet_instruction *grown = jet_grow(df->list, df->n, &df->capacity, sizeof(*grown));
	struct jet_instruction *in;
	struct jet_str line;
	int rc;

	if (!grown)
		return jet_fail_nomem(p->err);
	df->list = grown;
	in = &df->list[df->n];
	memset(in, 0, sizeof(*in));
	line.len = p->lines.text.len;
	line.data = jet_arena_dup(&df->arena, p->lines.text.data ? p->lines.text.data : "", line.len);
	if (!line.data)
		return jet_fail_nomem(p->err);
	rc = jet_parse_instruction(p, line, line.data, 0, in);
	in->at.line = p->lines.first;
	if (rc == 0 && takes_heredocs(in) && has_heredoc_mark(line))
		rc = read_heredocs(p, in, line);
	for (struct jet_instruction *each = in; each; each = each->nested)
		each->end_line = p->lines.line;
	df->n++;
	return rc;
}

static int read_all(struct jet_parser *p)
{
	struct jet_spot told = { 0 };
	bool none;
	int rc;

	while ((rc = jet_lines_next(&p->lines)) == 1) {
		rc = add_line(p);
		if (rc < 0)
			return rc;
	}
	none = p->df->n == p->first;
	told.line = p->lines.line;
	/* Where the builder stopped reading: behind the last line that it took. */
	if (rc == 0 && p->lines.too_long)
		return jet_fail_word(p->err, JET_E_PARSE, p->df->name, told,
		                     (struct jet_spot){ told.line + 1, 1 },
		                     "%sline is too long: builders take up to 65535 bytes",
		                     none ? "file with no instructions: " : "");
	if (rc == 0 && none)
		return jet_fail_spot(p->err, JET_E_PARSE, p->df->name, told, "file with no instructions");
	return rc;
}

int jet_dockerfile_append(struct jet_dockerfile *df, const void *data, size_t len,
                          struct jet_error *err)
{
	struct jet_parser p = { .df = df, .first = df->n, .err = err };
	int rc;

	p.lines = (struct jet_lines){ .name = df->name, .left = len, .escape = '\\', .err = err };
	p.lines.at = jet_arena_dup(&df->arena, data, len);
	if (!p.lines.at)
		rc = jet_fail_nomem(err);
	else if (!len)
		rc = jet_fail(err, JET_E_PARSE, df->name, "the Dockerfile cannot be empty");
	else
		rc = read_all(&p);
	df->escape = p.lines.escape;
	df->syntax = p.lines.syntax;
	df->syntax_at = p.lines.syntax_at;
	jet_lines_clear(&p.lines);
	return rc;
}

int jet_dockerfile_new(const char *name, const struct jet_df_dialect *dialect,
                       struct jet_dockerfile **out, struct jet_error *err)
{
	struct jet_dockerfile *df = calloc(1, sizeof(*df));

	*out = NULL;
	if (!df)
		return jet_fail_nomem(err);
	df->dialect = dialect;
	df->name = jet_arena_dup(&df->arena, name, strlen(name));
	if (!df->name) {
		jet_dockerfile_free(df);
		return jet_fail_nomem(err);
	}
	*out = df;
	return 0;
}

int jet_dockerfile_read(const void *data, size_t len, const char *name,
                        const struct jet_df_dialect *dialect, struct jet_dockerfile **out,
                        struct jet_error *err)
{
	int rc = jet_dockerfile_new(name, dialect, out, err);

	if (rc == 0)
		rc = jet_dockerfile_append(*out, data, len, err);
	if (rc < 0) {
		jet_dockerfile_free(*out);
		*out = NULL;
	}
	return rc;
}

int jet_dockerfile_parse(const void *data, size_t len, const char *name, enum jet_builder builder,
                         struct jet_dockerfile **out, struct jet_error *err)
{
	int rc = jet_dockerfile_read(data, len, name, jet_df_dialect_of(builder), out, err);

	if (rc == 0)
		rc = jet_dockerfile_check(*out, err);
	if (rc < 0) {
		jet_dockerfile_free(*out);
		*out = NULL;
	}
	return rc;
}

void jet_dockerfile_free(struct jet_dockerfile *df)
{
	if (!df)
		return;
	free(df->list);
	jet_arena_clear(&df->arena);
	free(df);
}
