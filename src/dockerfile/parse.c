/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "dockerfile/check.h"
#include "dockerfile/lines.h"
#include "dockerfile/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the text behind the flags is split. */
enum form { FORM_IGNORE, FORM_JSON_WORDS, FORM_JSON_TEXT, FORM_BLANKS, FORM_QUOTED, FORM_PAIRS,
            FORM_TEXT, FORM_HEALTH, FORM_NESTED };

static const struct {
	const char *name;
	enum form form;
} keywords[] = {
	[JET_KEYWORD_ADD] = { "ADD", FORM_JSON_WORDS },
	[JET_KEYWORD_ARG] = { "ARG", FORM_QUOTED },
	[JET_KEYWORD_CMD] = { "CMD", FORM_JSON_TEXT },
	[JET_KEYWORD_COPY] = { "COPY", FORM_JSON_WORDS },
	[JET_KEYWORD_ENTRYPOINT] = { "ENTRYPOINT", FORM_JSON_TEXT },
	[JET_KEYWORD_ENV] = { "ENV", FORM_PAIRS },
	[JET_KEYWORD_EXPOSE] = { "EXPOSE", FORM_BLANKS },
	[JET_KEYWORD_FROM] = { "FROM", FORM_BLANKS },
	[JET_KEYWORD_HEALTHCHECK] = { "HEALTHCHECK", FORM_HEALTH },
	[JET_KEYWORD_LABEL] = { "LABEL", FORM_PAIRS },
	[JET_KEYWORD_MAINTAINER] = { "MAINTAINER", FORM_TEXT },
	[JET_KEYWORD_ONBUILD] = { "ONBUILD", FORM_NESTED },
	[JET_KEYWORD_RUN] = { "RUN", FORM_JSON_TEXT },
	[JET_KEYWORD_SHELL] = { "SHELL", FORM_JSON_TEXT },
	[JET_KEYWORD_STOPSIGNAL] = { "STOPSIGNAL", FORM_TEXT },
	[JET_KEYWORD_USER] = { "USER", FORM_TEXT },
	[JET_KEYWORD_VOLUME] = { "VOLUME", FORM_JSON_WORDS },
	[JET_KEYWORD_WORKDIR] = { "WORKDIR", FORM_TEXT },
	[JET_KEYWORD_UNKNOWN] = { "?", FORM_IGNORE },
};

/* Nested instructions do not nest again in practice, but a hostile line could. */
enum { MAX_NESTING = 100 };

struct parser {
	struct jet_dockerfile *df;
	struct jet_lines lines;
	struct jet_error *err;
	size_t capacity;
};

const char *jet_keyword_name(enum jet_keyword keyword)
{
	return keywords[keyword].name;
}

int jet_fail_spot(struct jet_error *err, int code, const char *file, struct jet_spot at,
                  const char *format, ...)
{
	char text[sizeof(err->message)];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	jet_fail(err, code, file, "%s", text);
	if (err) {
		err->line = at.line;
		err->column = at.column;
	}
	return code;
}

static enum jet_keyword keyword_of(struct jet_str name)
{
	for (int k = 0; k < JET_KEYWORD_UNKNOWN; k++) {
		const char *word = keywords[k].name;
		size_t i = 0;

		while (i < name.len && word[i] && (name.data[i] & ~0x20) == word[i])
			i++;
		if (i == name.len && !word[i])
			return (enum jet_keyword)k;
	}
	return JET_KEYWORD_UNKNOWN;
}

/* ---- words -------------------------------------------------------------- */

static struct jet_spot spot(const struct parser *p, const struct jet_word_list *list, size_t i)
{
	return jet_lines_spot(&p->lines, list->offsets[i]);
}

static int keep(struct parser *p, const struct jet_word_list *list, struct jet_word **words, size_t *n)
{
	*words = jet_arena_array(&p->df->arena, list->n, sizeof(**words));
	if (!*words)
		return jet_fail_nomem(p->err);
	for (size_t i = 0; i < list->n; i++)
		(*words)[i] = (struct jet_word){ list->texts[i], spot(p, list, i) };
	*n = list->n;
	return 0;
}

static struct jet_spot spot_of(const struct parser *p, const struct jet_word_list *list,
                               const char *where)
{
	return jet_lines_spot(&p->lines, (size_t)(where - list->base));
}

/* "name=value ...", or the old "name rest of the line". */
static int put_pairs(struct parser *p, struct jet_instruction *in, struct jet_word_list *list,
                     struct jet_str s)
{
	struct jet_word_list words = { .arena = list->arena, .base = list->base };
	const char *equals;
	int rc = jet_words_quoted(&words, s, p->lines.escape) < 0 ? jet_fail_nomem(p->err) : 0;

	if (rc == 0 && words.n && !memchr(words.texts[0].data, '=', words.texts[0].len)) {
		size_t n = 0, blanks = 0;

		while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
			n++;
		if (!blanks)
			rc = jet_fail_spot(p->err, JET_E_PARSE, p->df->name, in->at,
			                   "%s must have two arguments", keywords[in->keyword].name);
		else if (jet_words_add(list, (struct jet_str){ s.data, n }, s.data) < 0 ||
		         jet_words_add(list, (struct jet_str){ s.data + n + blanks, s.len - n - blanks },
		                       s.data + n + blanks) < 0)
			rc = jet_fail_nomem(p->err);
		words.n = 0;
	}
	for (size_t i = 0; rc == 0 && i < words.n; i++) {
		const struct jet_str w = words.texts[i];
		size_t n;

		equals = memchr(w.data, '=', w.len);
		if (!equals) {
			rc = jet_fail_spot(p->err, JET_E_PARSE, p->df->name, spot(p, &words, i),
			                   "can't find = in \"%.*s\": must be of the form name=value",
			                   w.len < 80 ? (int)w.len : 80, w.data);
			break;
		}
		n = (size_t)(equals - w.data);
		if (jet_words_add(list, (struct jet_str){ w.data, n }, w.data) < 0 ||
		    jet_words_add(list, (struct jet_str){ equals + 1, w.len - n - 1 }, equals + 1) < 0)
			rc = jet_fail_nomem(p->err);
	}
	jet_words_clear(&words);
	return rc;
}

/* A JSON array if it is one, else by @fallback. */
static int put_json(struct parser *p, struct jet_instruction *in, struct jet_word_list *list,
                    struct jet_str s, enum form fallback)
{
	const enum jet_json_words found = jet_words_json(list, s);

	if (found == JET_JSON_NOMEM)
		return jet_fail_nomem(p->err);
	if (found == JET_JSON_OTHER)
		return jet_fail_spot(p->err, JET_E_PARSE, p->df->name, spot_of(p, list, s.data),
		                     "when using JSON array syntax, arrays must be comprised of "
		                     "strings only");
	in->json = found == JET_JSON_STRINGS;
	if (in->json || !s.len)
		return 0;
	if (fallback == FORM_JSON_WORDS)
		return jet_words_blank(list, s) < 0 ? jet_fail_nomem(p->err) : 0;
	return jet_words_add(list, s, s.data) < 0 ? jet_fail_nomem(p->err) : 0;
}

/* The type, then a command. */
static int put_health(struct parser *p, struct jet_instruction *in, struct jet_word_list *list,
                      struct jet_str s)
{
	size_t n = 0, blanks = 0;

	while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
		n++;
	if (!n)
		return 0;
	if (jet_words_add(list, (struct jet_str){ s.data, n }, s.data) < 0)
		return jet_fail_nomem(p->err);
	s = (struct jet_str){ s.data + n + blanks, s.len - n - blanks };
	return put_json(p, in, list, s, FORM_JSON_TEXT);
}

static int read_instruction(struct parser *p, struct jet_str line, const char *base, unsigned depth,
                            struct jet_instruction *in);

static int put_nested(struct parser *p, struct jet_instruction *in, struct jet_str s,
                      const char *base, unsigned depth)
{
	if (!s.len)
		return 0;
	if (depth == MAX_NESTING)
		return jet_fail_spot(p->err, JET_E_PARSE, p->df->name, in->at,
		                     "ONBUILD is nested too deeply");
	in->nested = jet_arena_alloc(&p->df->arena, sizeof(*in->nested));
	if (!in->nested)
		return jet_fail_nomem(p->err);
	return read_instruction(p, s, base, depth + 1, in->nested);
}

static int put_words(struct parser *p, struct jet_instruction *in, struct jet_word_list *list,
                     struct jet_str s, unsigned depth)
{
	int bad = 0;

	switch (keywords[in->keyword].form) {
	case FORM_JSON_WORDS:
	case FORM_JSON_TEXT:
		return put_json(p, in, list, s, keywords[in->keyword].form);
	case FORM_PAIRS:
		return put_pairs(p, in, list, s);
	case FORM_HEALTH:
		return put_health(p, in, list, s);
	case FORM_NESTED:
		return put_nested(p, in, s, list->base, depth);
	case FORM_BLANKS:
		bad = jet_words_blank(list, s);
		break;
	case FORM_QUOTED:
		bad = jet_words_quoted(list, s, p->lines.escape);
		break;
	case FORM_TEXT:
		bad = s.len ? jet_words_add(list, s, s.data) : 0;
		break;
	default:
		break;
	}
	return bad ? jet_fail_nomem(p->err) : 0;
}

/* Keyword, flags, words.  @line is part of the logical line at @base. */
static int read_instruction(struct parser *p, struct jet_str line, const char *base, unsigned depth,
                            struct jet_instruction *in)
{
	struct jet_word_list flags = { .arena = &p->df->arena, .base = base };
	struct jet_word_list words = { .arena = &p->df->arena, .base = base };
	size_t n = 0, blanks = 0;
	struct jet_str s = jet_str_trim(line);
	int rc = 0;

	in->line = s;
	in->at = jet_lines_spot(&p->lines, (size_t)(s.data - base));
	while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
		n++;
	in->name = (struct jet_str){ s.data, n };
	in->keyword = keyword_of(in->name);
	s = (struct jet_str){ s.data + n + blanks, s.len - n - blanks };
	if (jet_words_flags(&flags, &s, p->lines.escape) < 0)
		rc = jet_fail_nomem(p->err);
	s = jet_str_trim(s);
	if (rc == 0)
		rc = put_words(p, in, &words, s, depth);
	if (rc == 0)
		rc = keep(p, &flags, &in->flags, &in->nflags);
	if (rc == 0)
		rc = keep(p, &words, &in->words, &in->nwords);
	jet_words_clear(&flags);
	jet_words_clear(&words);
	return rc;
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

static int read_body(struct parser *p, const struct jet_instruction *in, struct jet_heredoc *doc)
{
	const char *start = p->lines.at;
	struct jet_str raw;

	while (jet_lines_raw(&p->lines, &raw)) {
		if (!ends(raw, doc))
			continue;
		doc->body.len = (size_t)(raw.data - start);
		doc->body.data = jet_arena_dup(&p->df->arena, start, doc->body.len);
		return doc->body.data ? 0 : jet_fail_nomem(p->err);
	}
	return jet_fail_spot(p->err, JET_E_PARSE, p->df->name, in->at,
	                     "unterminated heredoc: there is no line \"%.*s\"",
	                     doc->name.len < 80 ? (int)doc->name.len : 80, doc->name.data);
}

static int read_heredocs(struct parser *p, struct jet_instruction *in, struct jet_str line)
{
	struct jet_word_list words = { .arena = &p->df->arena, .base = line.data };
	int rc = jet_words_shell(&words, line) < 0 ? jet_fail_nomem(p->err) : 0;

	in->heredocs = jet_arena_array(&p->df->arena, words.n, sizeof(*in->heredocs));
	if (!in->heredocs)
		rc = jet_fail_nomem(p->err);
	for (size_t i = 0; rc == 0 && i < words.n; i++) {
		struct jet_heredoc *doc = &in->heredocs[in->nheredocs];
		int found = jet_heredoc_word(&p->df->arena, words.texts[i], doc);

		if (found < 0)
			rc = jet_fail_nomem(p->err);
		if (found <= 0)
			continue;
		in->nheredocs++;
		rc = read_body(p, in, doc);
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

static int add_line(struct parser *p)
{
	struct jet_dockerfile *df = p->df;
	struct jet_instruction *grown = jet_grow(df->list, df->n, &p->capacity, sizeof(*grown));
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
	rc = read_instruction(p, line, line.data, 0, in);
	in->at.line = p->lines.first;
	if (rc == 0 && takes_heredocs(in) && has_heredoc_mark(line))
		rc = read_heredocs(p, in, line);
	in->end_line = p->lines.line;
	df->n++;
	return rc;
}

static int read_all(struct parser *p)
{
	int rc;

	while ((rc = jet_lines_next(&p->lines)) == 1) {
		rc = add_line(p);
		if (rc < 0)
			return rc;
	}
	if (rc == 0 && !p->df->n)
		return jet_fail_spot(p->err, JET_E_PARSE, p->df->name,
		                     (struct jet_spot){ p->lines.line, 0 }, "file with no instructions");
	if (rc == 0 && p->lines.too_long)
		return jet_fail_spot(p->err, JET_E_PARSE, p->df->name,
		                     (struct jet_spot){ p->lines.line + 1, 0 },
		                     "line is too long: builders take up to 65535 bytes");
	return rc;
}

int jet_dockerfile_read(const void *data, size_t len, const char *name,
                        struct jet_dockerfile **out, struct jet_error *err)
{
	struct jet_dockerfile *df = calloc(1, sizeof(*df));
	struct parser p = { .df = df, .err = err };
	int rc = 0;

	*out = NULL;
	if (!df)
		return jet_fail_nomem(err);
	df->name = jet_arena_dup(&df->arena, name, strlen(name));
	p.lines = (struct jet_lines){ .name = df->name, .left = len, .escape = '\\', .err = err };
	p.lines.at = jet_arena_dup(&df->arena, data, len);
	if (!df->name || !p.lines.at)
		rc = jet_fail_nomem(err);
	else if (!len)
		rc = jet_fail(err, JET_E_PARSE, df->name, "the Dockerfile cannot be empty");
	else
		rc = read_all(&p);
	df->escape = p.lines.escape;
	df->syntax = p.lines.syntax;
	df->syntax_at = p.lines.syntax_at;
	jet_lines_clear(&p.lines);
	if (rc < 0)
		jet_dockerfile_free(df);
	else
		*out = df;
	return rc;
}

int jet_dockerfile_parse(const void *data, size_t len, const char *name,
                         struct jet_dockerfile **out, struct jet_error *err)
{
	int rc = jet_dockerfile_read(data, len, name, out, err);

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
