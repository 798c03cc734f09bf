/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that open here-documents.
 *
 * BuildKit finds them with its lexer for variables, while no variable is set: quotes and
 * escapes stay as they are written, and so do variables.  That is nearly, but not quite,
 * the line split at its blanks, and a line that the lexer does not take has none:
 *
 *   RUN echo ${x^^} <<EOF
 */
#include "dockerfile/expand.h"
#include "dockerfile/words.h"

#include <string.h>

/* Braces in braces; no Dockerfile comes near it. */
enum { MAX_DEPTH = 500 };

enum outcome { GOOD, BAD, NOMEM };

struct lexer {
	struct jet_str s;       /* what is left */
	const char *start;      /* of the character, quotes or variable at hand */
	struct jet_buf word;    /* the word so far */
	const char *word_start; /* and where it begins */
	bool keep_quotes, keep_escapes;
	bool quoted;            /* there were quotes */
	unsigned depth;
	struct jet_word_list *list;
};

static char take(struct lexer *lx)
{
	const char c = lx->s.data[0];

	lx->s.data++;
	lx->s.len--;
	return c;
}

static bool next_is(const struct lexer *lx, char c)
{
	return lx->s.len && lx->s.data[0] == c;
}

static enum outcome put(struct jet_buf *out, const char *data, size_t len)
{
	return jet_buf_append(out, data, len) < 0 ? NOMEM : GOOD;
}

static enum outcome put_next(struct lexer *lx, struct jet_buf *out)
{
	const char c = take(lx);

	return put(out, &c, 1);
}

static enum outcome dollar(struct lexer *lx, struct jet_buf *out);

/* ---- quotes ------------------------------------------------------------- */

static enum outcome put_quote(struct lexer *lx, struct jet_buf *out)
{
	const char c = take(lx);

	lx->quoted = true;
	return lx->keep_quotes ? put(out, &c, 1) : GOOD;
}

static enum outcome single_quotes(struct lexer *lx, struct jet_buf *out)
{
	enum outcome rc = put_quote(lx, out);

	while (rc == GOOD && lx->s.len && !next_is(lx, '\''))
		rc = put_next(lx, out);
	if (rc == GOOD)
		rc = lx->s.len ? put_quote(lx, out) : BAD;
	return rc;
}

static enum outcome double_quotes(struct lexer *lx, bool keep_escapes, struct jet_buf *out)
{
	enum outcome rc = put_quote(lx, out);

	while (rc == GOOD && lx->s.len && !next_is(lx, '"')) {
		if (next_is(lx, '$')) {
			rc = dollar(lx, out);
			continue;
		}
		if (next_is(lx, '\\') && lx->s.len > 1) {
			if (keep_escapes)
				rc = put(out, "\\", 1);
			if (memchr("\"$\\", lx->s.data[1], 3))
				take(lx);
		}
		if (rc == GOOD)
			rc = put_next(lx, out);
	}
	if (rc == GOOD)
		rc = lx->s.len ? put_quote(lx, out) : BAD;
	return rc;
}

static enum outcome escaped(struct lexer *lx, bool keep_escapes, struct jet_buf *out)
{
	const char c = take(lx);
	enum outcome rc = keep_escapes ? put(out, &c, 1) : GOOD;

	return rc == GOOD && lx->s.len ? put_next(lx, out) : rc;
}

/* ---- variables ---------------------------------------------------------- */

/* Up to @stop, which is taken.  BuildKit has one buffer for words at all depths: what
 * stands before the variable in its word is lost. */
static enum outcome part(struct lexer *lx, char stop, bool keep_escapes, struct jet_buf *out)
{
	enum outcome rc = GOOD;

	lx->word.len = 0;
	while (rc == GOOD && lx->s.len) {
		if (next_is(lx, stop)) {
			take(lx);
			lx->word.len = 0;
			return GOOD;
		}
		if (next_is(lx, '$'))
			rc = dollar(lx, out);
		else if (next_is(lx, '\''))
			rc = single_quotes(lx, out);
		else if (next_is(lx, '"'))
			rc = double_quotes(lx, keep_escapes, out);
		else if (next_is(lx, '\\'))
			rc = escaped(lx, keep_escapes, out);
		else
			rc = put_next(lx, out);
	}
	return rc == GOOD ? BAD : rc;
}

/* "/pattern/by}"; that all are replaced is forgotten. */
static enum outcome replacement(struct lexer *lx, struct jet_buf *out)
{
	enum outcome rc;

	if (next_is(lx, '/'))
		take(lx);
	rc = part(lx, '/', true, out);
	if (rc == GOOD)
		rc = put(out, "/", 1);
	return rc == GOOD ? part(lx, '}', true, out) : rc;
}

/* Behind the name: with ":" any character is taken for a modifier. */
static enum outcome modified(struct lexer *lx, struct jet_buf *out)
{
	const bool colon = next_is(lx, ':');
	enum outcome rc;
	char kind;

	if (colon && put_next(lx, out) != GOOD)
		return NOMEM;
	if (!lx->s.len)
		return BAD;
	kind = lx->s.data[0];
	if (!colon && !memchr("+-?#%/", kind, 6))
		return BAD;
	if (colon && (kind == '#' || kind == '%'))
		return BAD;
	rc = put_next(lx, out);
	if (rc == GOOD && kind == '/' && !colon)
		return replacement(lx, out);
	return rc == GOOD ? part(lx, '}', kind == '#' || kind == '%', out) : rc;
}

static enum outcome braces(struct lexer *lx, struct jet_buf *out)
{
	const size_t name = jet_name_len(lx->s);
	enum outcome rc;

	if (!lx->s.len || memchr("{}:", lx->s.data[0], 3) || ++lx->depth > MAX_DEPTH)
		return BAD;
	rc = put(out, lx->s.data, name);
	lx->s.data += name;
	lx->s.len -= name;
	if (next_is(lx, '}'))
		take(lx);
	else if (rc == GOOD)
		rc = modified(lx, out);
	lx->depth--;
	return rc == GOOD ? put(out, "}", 1) : rc;
}

static enum outcome dollar(struct lexer *lx, struct jet_buf *out)
{
	enum outcome rc = put_next(lx, out);
	size_t name;

	if (rc != GOOD)
		return rc;
	if (next_is(lx, '{')) {
		rc = put_next(lx, out);
		return rc == GOOD ? braces(lx, out) : rc;
	}
	name = jet_name_len(lx->s);
	rc = put(out, lx->s.data, name);
	lx->s.data += name;
	lx->s.len -= name;
	return rc;
}

/* ---- words -------------------------------------------------------------- */

static enum outcome end_word(struct lexer *lx)
{
	const struct jet_str written = { lx->word_start, (size_t)(lx->start - lx->word_start) };
	struct jet_str text = { NULL, lx->word.len };

	if (!lx->word.len)
		return GOOD;
	text.data = jet_arena_dup(lx->list->arena, lx->word.data, lx->word.len);
	lx->word.len = 0;
	return text.data && jet_words_add_as(lx->list, text, written) == 0 ? GOOD : NOMEM;
}

static enum outcome add(struct lexer *lx, const char *data, size_t len)
{
	if (!lx->word.len)
		lx->word_start = lx->start;
	return put(&lx->word, data, len);
}

/* Blanks end words here even if they come out of a variable. */
static enum outcome add_text(struct lexer *lx, struct jet_str s)
{
	enum outcome rc = GOOD;

	while (rc == GOOD && s.len) {
		uint32_t rune;
		const size_t n = jet_rune_decode(s.data, s.len, &rune);

		rc = jet_rune_is_space(rune) ? end_word(lx) : add(lx, s.data, n);
		s.data += n;
		s.len -= n;
	}
	return rc;
}

static enum outcome add_next(struct lexer *lx, bool as_it_is)
{
	uint32_t rune;
	const struct jet_str one = { lx->s.data, jet_rune_decode(lx->s.data, lx->s.len, &rune) };

	lx->s.data += one.len;
	lx->s.len -= one.len;
	return as_it_is ? add(lx, one.data, one.len) : add_text(lx, one);
}

/* Blanks behind "<<" do not end the word. */
static enum outcome add_mark(struct lexer *lx)
{
	const struct jet_str s = lx->s;
	size_t n = 1;

	if (s.len > 1 && s.data[1] == '<')
		n++;
	while (n > 1 && n < s.len && memchr("\t\r ", s.data[n], 3))
		n++;
	lx->s.data += n;
	lx->s.len -= n;
	return add(lx, s.data, n);
}

static enum outcome add_escaped(struct lexer *lx)
{
	const char c = take(lx);
	enum outcome rc = lx->keep_escapes ? add(lx, &c, 1) : GOOD;

	return rc == GOOD && lx->s.len ? add_next(lx, true) : rc;
}

static enum outcome add_any(struct lexer *lx, struct jet_buf *piece)
{
	enum outcome rc;

	piece->len = 0;
	if (next_is(lx, '<'))
		return add_mark(lx);
	if (next_is(lx, '\\'))
		return add_escaped(lx);
	if (next_is(lx, '$')) {
		rc = dollar(lx, piece);
		return rc == GOOD ? add_text(lx, (struct jet_str){ piece->data, piece->len }) : rc;
	}
	if (!next_is(lx, '\'') && !next_is(lx, '"'))
		return add_next(lx, false);
	rc = next_is(lx, '"') ? double_quotes(lx, lx->keep_escapes, piece) : single_quotes(lx, piece);
	return rc == GOOD && piece->len ? add(lx, piece->data, piece->len) : rc;
}

static enum outcome split(struct lexer *lx)
{
	struct jet_buf piece = { 0 };
	enum outcome rc = GOOD;

	while (rc == GOOD && lx->s.len) {
		lx->start = lx->s.data;
		rc = add_any(lx, &piece);
	}
	lx->start = lx->s.data;
	if (rc == GOOD)
		rc = end_word(lx);
	jet_buf_clear(&piece);
	jet_buf_clear(&lx->word);
	return rc;
}

int jet_words_shell(struct jet_word_list *list, struct jet_str s)
{
	struct lexer lx = { .s = s, .keep_quotes = true, .keep_escapes = true, .list = list };
	const size_t before = list->n;
	const enum outcome rc = split(&lx);

	if (rc == BAD)
		list->n = before;
	return rc == NOMEM ? -1 : 0;
}

int jet_heredoc_word(struct jet_arena *arena, struct jet_str word, struct jet_heredoc *doc)
{
	struct jet_word_list names = { .arena = arena };
	struct lexer lx = { .list = &names };
	enum outcome rc;
	size_t i = 0;

	while (i < word.len && word.data[i] >= '0' && word.data[i] <= '9')
		i++;
	if (word.len - i < 3 || word.data[i] != '<' || word.data[i + 1] != '<')
		return JET_HEREDOC_NONE;
	i += 2;
	memset(doc, 0, sizeof(*doc));
	doc->chomp = word.data[i] == '-';
	i += doc->chomp;
	while (i < word.len && memchr("\t\n\f\r ", word.data[i], 5))
		i++;
	lx.s = (struct jet_str){ word.data + i, word.len - i };
	if (!lx.s.len || memchr(lx.s.data, '<', lx.s.len))
		return JET_HEREDOC_NONE;
	names.base = lx.s.data;
	rc = split(&lx);
	if (rc == GOOD && names.n == 1)
		doc->name = names.texts[0];
	doc->expand = !lx.quoted;
	jet_words_clear(&names);
	if (rc != GOOD)
		return rc == BAD ? JET_HEREDOC_BAD : JET_HEREDOC_NOMEM;
	return doc->name.len ? JET_HEREDOC_FOUND : JET_HEREDOC_NONE;
}
