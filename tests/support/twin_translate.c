/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule becomes a regular expression and a type, in one pass over its runes,
 * as patternmatcher's compile() does (or fileutils' of 20.10 and buildah).
 */
#include "twin_private.h"

#include <stdlib.h>

struct scan {
	const char *s;
	size_t len, i;
};

static bool at_end(const struct scan *in)
{
	return in->i >= in->len;
}

static uint32_t take(struct scan *in)
{
	uint32_t r;
	bool bad;

	in->i += twin_decode(in->s + in->i, in->len - in->i, &r, &bad);
	return r;
}

static bool next_is(const struct scan *in, char c)
{
	return !at_end(in) && in->s[in->i] == c;
}

static void put_text(struct twin_text *out, const char *ascii)
{
	for (; *ascii; ascii++)
		twin_put(out, (uint32_t)*ascii);
}

/* Behind the first of two stars. */
static void two_stars(struct scan *in, struct twin_text *out, enum twin_type *type, bool first)
{
	take(in);
	if (next_is(in, '/'))
		take(in);
	if (!at_end(in)) {
		put_text(out, "(.*/)?");
		*type = TWIN_REGEXP;
	} else if (*type == TWIN_EXACT) {
		*type = TWIN_PREFIX;
	} else {
		put_text(out, ".*");
		*type = TWIN_REGEXP;
	}
	if (first)
		*type = TWIN_SUFFIX;
}

static bool is_escaped(uint32_t r, const struct twin_dialect *dialect)
{
	if (r == '.' || r == '$')
		return true;
	return dialect->types && (r == '+' || r == '(' || r == ')');
}

/* One turn of the loop; @first: it is the first one. */
static void turn(struct scan *in, struct twin_text *out, enum twin_type *type, bool first,
                 const struct twin_dialect *dialect)
{
	uint32_t r = take(in);

	if (r == '*' && next_is(in, '*')) {
		two_stars(in, out, type, first);
	} else if (r == '*' || r == '?') {
		put_text(out, r == '*' ? "[^/]*" : "[^/]");
		*type = TWIN_REGEXP;
	} else if (is_escaped(r, dialect)) {
		twin_put(out, '\\');
		twin_put(out, r);
	} else if (r == '\\') {
		twin_put(out, '\\');
		if (!at_end(in)) {
			twin_put(out, take(in));
			*type = TWIN_REGEXP;
		}
	} else {
		twin_put(out, r);
		if (r == '[' || r == ']')
			*type = TWIN_REGEXP;
	}
}

static size_t count_parts(const char *s, size_t len)
{
	size_t n = 1;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '/';
	return n;
}

void twin_translate(struct twin_rule *rule, const struct twin_dialect *dialect)
{
	/* The old matchers start as "regexp", so nothing else is ever reached. */
	enum twin_type type = dialect->types ? TWIN_EXACT : TWIN_REGEXP;
	struct scan in = { rule->pattern, rule->pattern_len, 0 };
	struct twin_text out = { 0 };

	twin_put(&out, '^');
	if (in.len >= 3 && in.s[0] == '\xEF' && in.s[1] == '\xBB' && in.s[2] == '\xBF')
		in.i = 3;
	for (bool first = true; !at_end(&in); first = false)
		turn(&in, &out, &type, first && dialect->types, dialect);
	put_text(&out, dialect->subtree ? "(/.*)?$" : "$");
	rule->type = type;
	rule->parts = count_parts(rule->pattern, rule->pattern_len);
	if (type == TWIN_REGEXP) {
		rule->program = twin_compile(&out, dialect->old_go);
		rule->bad = !rule->program;
	}
	free(out.runes);
}
