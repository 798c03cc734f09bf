/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "dockerfile/expand.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* No Dockerfile comes near these; a hostile one must not reach further. */
enum { MAX_DEPTH = 500 };

/* Of a whole Dockerfile: bytes times PER_BYTE, and twice that for a step of a pattern.
 * Less than a second. */
static const uint64_t MAX_WORK = UINT64_C(1) << 28;
enum { PER_BYTE = 4 };

/* What ends a stretch of text. */
enum { TO_THE_END = -1 };

struct scan {
	struct jet_expander *x;
	struct jet_str s; /* what is left */
	unsigned depth;
};

enum jet_expanded jet_expand_fail(struct jet_expander *x, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(x->message, sizeof(x->message), format, ap);
	va_end(ap);
	return JET_EXPAND_BAD;
}

bool jet_expand_spend(struct jet_expander *x, uint64_t work)
{
	uint64_t *all = x->work ? x->work : &x->own_work;

	if (work > MAX_WORK - *all)
		return false;
	*all += work;
	return true;
}

static void skip(struct scan *in, size_t n)
{
	in->s.data += n;
	in->s.len -= n;
}

static bool next_is(const struct scan *in, char c)
{
	return in->s.len && in->s.data[0] == c;
}

static enum jet_expanded put(struct scan *in, struct jet_buf *out, const char *data, size_t len)
{
	if (len > JET_EXPAND_MAX_RESULT - out->len)
		return jet_expand_fail(in->x, "the value grows beyond 1 MiB");
	if (!jet_expand_spend(in->x, len * PER_BYTE))
		return jet_expand_fail(in->x, "the values of all instructions grow too large");
	return jet_buf_append(out, data, len) < 0 ? JET_EXPAND_NOMEM : JET_EXPAND_OK;
}

/* The rune at hand, taken over as it is. */
static enum jet_expanded put_rune(struct scan *in, struct jet_buf *out)
{
	uint32_t rune;
	const size_t n = jet_rune_decode(in->s.data, in->s.len, &rune);
	enum jet_expanded rc = put(in, out, in->s.data, n);

	skip(in, n);
	return rc;
}

static enum jet_expanded stretch(struct scan *in, int stop, bool keep_escapes, struct jet_buf *out);
static enum jet_expanded dollar(struct scan *in, bool keep_escapes, struct jet_buf *out);

/* ---- quotes ------------------------------------------------------------- */

static enum jet_expanded single_quotes(struct scan *in, struct jet_buf *out)
{
	const char *end;
	enum jet_expanded rc;

	skip(in, 1);
	end = in->s.len ? memchr(in->s.data, '\'', in->s.len) : NULL;
	if (!end)
		return jet_expand_fail(in->x, "unexpected end of statement while looking for "
		                              "matching single-quote");
	rc = put(in, out, in->s.data, (size_t)(end - in->s.data));
	skip(in, (size_t)(end - in->s.data) + 1);
	return rc;
}

static enum jet_expanded double_quotes(struct scan *in, bool keep_escapes, struct jet_buf *out)
{
	enum jet_expanded rc = JET_EXPAND_OK;

	skip(in, 1);
	while (rc == JET_EXPAND_OK) {
		if (!in->s.len)
			return jet_expand_fail(in->x, "unexpected end of statement while looking for "
			                              "matching double-quote");
		if (next_is(in, '"')) {
			skip(in, 1);
			return JET_EXPAND_OK;
		}
		if (next_is(in, '$')) {
			rc = dollar(in, keep_escapes, out);
			continue;
		}
		if (next_is(in, in->x->escape)) {
			if (keep_escapes)
				rc = put(in, out, &in->x->escape, 1);
			if (in->s.len == 1) {
				skip(in, 1);
				continue;
			}
			/* Only these can be escaped; elsewhere the escape stays. */
			if (in->s.data[1] == '"' || in->s.data[1] == '$' ||
			    in->s.data[1] == in->x->escape)
				skip(in, 1);
		}
		if (rc == JET_EXPAND_OK)
			rc = put_rune(in, out);
	}
	return rc;
}

/* ---- variables ---------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* unicode.IsLetter beyond ASCII: Latin-1 exactly (flags hold nothing else), and above it
 * all but the blocks of marks, punctuation and symbols. */
static bool is_wide_letter(uint32_t rune)
{
	static const struct {
		uint32_t first, last;
	} others[] = {
		{ 0x80, 0xA9 },     { 0xAB, 0xB4 },     { 0xB6, 0xB9 },     { 0xBB, 0xBF },
		{ 0xD7, 0xD7 },     { 0xF7, 0xF7 },     { 0x2C2, 0x2C5 },   { 0x2D2, 0x2DF },
		{ 0x300, 0x36F },   { 0x2000, 0x2070 }, { 0x20A0, 0x2101 }, { 0x2140, 0x2144 },
		{ 0x2150, 0x2BFF }, { 0x3000, 0x3004 }, { 0x3007, 0x3030 }, { 0xD800, 0xF8FF },
		{ 0xFE00, 0xFE6F }, { 0xFF00, 0xFF20 }, { 0xFFE0, 0xFFFF }, { 0x1F000, 0x1FAFF },
		{ 0xE0000, JET_RUNE_MAX },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (rune >= others[i].first && rune <= others[i].last)
			return false;
	}
	return true;
}

/* Bytes of the letter, digit or "_" at the start; 0: none of these. */
static size_t name_rune(struct jet_str s)
{
	const char c = s.len ? s.data[0] : ' ';
	uint32_t rune;
	size_t n;

	if (is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
		return 1;
	if ((unsigned char)c < 0x80)
		return 0;
	n = jet_rune_decode(s.data, s.len, &rune);
	return is_wide_letter(rune) ? n : 0;
}

size_t jet_name_len(struct jet_str s)
{
	size_t len = 0, n;

	if (s.len && is_digit(s.data[0])) {
		while (len < s.len && is_digit(s.data[len]))
			len++;
		return len;
	}
	if (s.len && memchr("@*#?-$!", s.data[0], 7))
		return 1;
	while ((n = name_rune((struct jet_str){ s.data + len, s.len - len })) > 0)
		len += n;
	return len;
}

static struct jet_str take_name(struct scan *in)
{
	const struct jet_str name = { in->s.data, jet_name_len(in->s) };

	skip(in, name.len);
	return name;
}

static const struct jet_var *look_up_or(struct scan *in, struct jet_str name, bool fallback)
{
	const struct jet_var *var = in->x->env ? jet_env_get(in->x->env, name) : NULL;
	const bool set = var && var->value.data;

	if (in->x->doubt && (!set || var->doubt))
		in->x->doubt(in->x->ctx, name, var, fallback);
	return set ? var : NULL;
}

static const struct jet_var *look_up(struct scan *in, struct jet_str name)
{
	return look_up_or(in, name, false);
}

static enum jet_expanded unsupported(struct scan *in, const char *text, size_t len)
{
	return jet_expand_fail(in->x, "unsupported modifier (%s) in substitution",
	                       JET_SHOW(((struct jet_str){ text, len })));
}

/* Everything up to the "}" (or "/") that ends this part of the substitution. */
static enum jet_expanded part(struct scan *in, char stop, bool keep_escapes, struct jet_buf *word)
{
	enum jet_expanded rc = stretch(in, stop, keep_escapes, word);

	if (rc == JET_EXPAND_BAD && !in->s.len)
		return jet_expand_fail(in->x, stop == '/' ? "syntax error: missing '/' in ${}"
		                                          : "syntax error: missing '}'");
	return rc;
}

/* "-", "+" and "?", with or without ":". */
static enum jet_expanded conditional(struct scan *in, struct jet_str name, char kind, bool colon,
                                     const struct jet_buf *word, struct jet_buf *out)
{
	const struct jet_var *var = look_up_or(in, name, kind == '-');
	const bool unset = !var || (colon && !var->value.len);

	switch (kind) {
	case '-':
		return unset ? put(in, out, word->data, word->len)
		             : put(in, out, var->value.data, var->value.len);
	case '+':
		return unset ? JET_EXPAND_OK : put(in, out, word->data, word->len);
	default:
		if (!unset)
			return put(in, out, var->value.data, var->value.len);
		if (word->len)
			return jet_expand_fail(in->x, "%s: %s", JET_SHOW(name),
			                       JET_SHOW(((struct jet_str){ word->data, word->len })));
		return jet_expand_fail(in->x, "%s: is not allowed to be %s", JET_SHOW(name),
		                       var ? "empty" : "unset");
	}
}

static enum jet_expanded trim(struct scan *in, struct jet_str name, char kind,
                              const struct jet_buf *word, struct jet_buf *out)
{
	const struct jet_var *var = look_up(in, name);
	struct jet_str pattern = { word->data, word->len }, value = { "", 0 };
	const bool longest = pattern.len && pattern.data[0] == kind;
	enum jet_expanded rc;

	if (longest) {
		pattern.data++;
		pattern.len--;
	}
	if (var)
		value = var->value;
	rc = jet_subst_trim(in->x, pattern, value, kind == '%', longest, &value);
	return rc == JET_EXPAND_OK ? put(in, out, value.data, value.len) : rc;
}

static enum jet_expanded replace(struct scan *in, struct jet_str name, struct jet_buf *out)
{
	struct jet_buf pattern = { 0 }, by = { 0 };
	const bool all = next_is(in, '/');
	struct jet_str value = { "", 0 };
	const struct jet_var *var;
	enum jet_expanded rc;

	if (all)
		skip(in, 1);
	rc = part(in, '/', true, &pattern);
	if (rc == JET_EXPAND_OK)
		rc = part(in, '}', true, &by);
	if (rc == JET_EXPAND_OK) {
		var = look_up(in, name);
		if (var)
			value = var->value;
		rc = jet_subst_replace(in->x, (struct jet_str){ pattern.data, pattern.len }, value,
		                       (struct jet_str){ by.data, by.len }, all, &value);
	}
	if (rc == JET_EXPAND_OK)
		rc = put(in, out, value.data, value.len);
	jet_buf_clear(&pattern);
	jet_buf_clear(&by);
	return rc;
}

/* Behind "${name" and the modifier: its word, and what comes of both. */
static enum jet_expanded modified(struct scan *in, struct jet_str name, char kind, bool colon,
                                  struct jet_buf *out)
{
	struct jet_buf word = { 0 };
	const bool is_pattern = kind == '#' || kind == '%';
	enum jet_expanded rc = part(in, '}', is_pattern, &word);

	if (rc == JET_EXPAND_OK)
		rc = is_pattern ? trim(in, name, kind, &word, out)
		                : conditional(in, name, kind, colon, &word, out);
	jet_buf_clear(&word);
	return rc;
}

/* Behind "${". */
static enum jet_expanded braces(struct scan *in, struct jet_buf *out)
{
	const struct jet_var *var;
	struct jet_str name, rest;
	bool colon;
	char kind;

	if (!in->s.len)
		return jet_expand_fail(in->x, "syntax error: missing '}'");
	if (memchr("{}:", in->s.data[0], 3))
		return jet_expand_fail(in->x, "syntax error: bad substitution");
	name = take_name(in);
	if (next_is(in, '}')) {
		skip(in, 1);
		var = look_up(in, name);
		return var ? put(in, out, var->value.data, var->value.len) : JET_EXPAND_OK;
	}
	rest = in->s;
	colon = next_is(in, ':');
	if (colon)
		skip(in, 1);
	if (!in->s.len)
		return unsupported(in, rest.data, rest.len);
	kind = in->s.data[0];
	skip(in, 1);
	if (kind == '/' && !colon && !in->x->few_forms)
		return replace(in, name, out);
	if (!memchr("+-?#%", kind, 5) || (colon && (kind == '#' || kind == '%')) ||
	    (in->x->few_forms && !colon && !(kind == '?' && in->x->bare_question)))
		return unsupported(in, rest.data, colon + 1U);
	return modified(in, name, kind, colon, out);
}

static enum jet_expanded dollar(struct scan *in, bool keep_escapes, struct jet_buf *out)
{
	const struct jet_var *var;
	struct jet_str name;
	enum jet_expanded rc;

	(void)keep_escapes;
	skip(in, 1);
	if (next_is(in, '{')) {
		if (++in->depth > MAX_DEPTH)
			return jet_expand_fail(in->x, "substitutions nest too deeply");
		skip(in, 1);
		rc = braces(in, out);
		in->depth--;
		return rc;
	}
	name = take_name(in);
	if (!name.len)
		return put(in, out, "$", 1);
	var = look_up(in, name);
	return var ? put(in, out, var->value.data, var->value.len) : JET_EXPAND_OK;
}

/* ---- text --------------------------------------------------------------- */

static enum jet_expanded escaped(struct scan *in, bool keep_escapes, struct jet_buf *out)
{
	enum jet_expanded rc = JET_EXPAND_OK;

	if (keep_escapes)
		rc = put(in, out, in->s.data, 1);
	skip(in, 1);
	return rc == JET_EXPAND_OK && in->s.len ? put_rune(in, out) : rc;
}

/* Expands up to @stop, which is taken, or to the end. */
static enum jet_expanded stretch(struct scan *in, int stop, bool keep_escapes, struct jet_buf *out)
{
	enum jet_expanded rc = JET_EXPAND_OK;

	while (rc == JET_EXPAND_OK && in->s.len) {
		const char c = in->s.data[0];

		if (stop != TO_THE_END && c == (char)stop) {
			skip(in, 1);
			return JET_EXPAND_OK;
		}
		if (c == '$')
			rc = dollar(in, keep_escapes, out);
		else if (c == '\'' && !in->x->text)
			rc = single_quotes(in, out);
		else if (c == '"' && !in->x->text)
			rc = double_quotes(in, keep_escapes, out);
		else if (c == in->x->escape)
			rc = escaped(in, keep_escapes, out);
		else
			rc = put_rune(in, out);
	}
	if (rc == JET_EXPAND_OK && stop != TO_THE_END)
		return jet_expand_fail(in->x, "unexpected end of statement while looking for "
		                              "matching %c", stop);
	return rc;
}

enum jet_expanded jet_expand(struct jet_expander *x, struct jet_str word, struct jet_str *out)
{
	struct scan in = { .x = x, .s = word };
	struct jet_buf buf = { 0 };
	enum jet_expanded rc;
	char *copy;

	x->message[0] = '\0';
	rc = stretch(&in, TO_THE_END, false, &buf);
	if (rc == JET_EXPAND_OK) {
		copy = jet_arena_dup(x->arena, buf.data ? buf.data : "", buf.len);
		*out = (struct jet_str){ copy, buf.len };
		rc = copy ? JET_EXPAND_OK : JET_EXPAND_NOMEM;
	}
	jet_buf_clear(&buf);
	return rc;
}
