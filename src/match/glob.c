/* SPDX-License-Identifier: Apache-2.0 */
#include "match/glob.h"

#include <string.h>

/* A pattern being read rune by rune, as text/scanner does: invalid bytes are
 * U+FFFD, and a byte order mark at the very start is not there. */
struct scan {
	const char *data;
	size_t len;
};

static void scan_start(struct scan *s, const char *pattern, size_t len)
{
	static const char bom[] = "\xEF\xBB\xBF";

	if (len >= 3 && memcmp(pattern, bom, 3) == 0) {
		pattern += 3;
		len -= 3;
	}
	s->data = pattern;
	s->len = len;
}

static bool scan_eat(struct scan *s, char c)
{
	if (!s->len || s->data[0] != c)
		return false;
	s->data++;
	s->len--;
	return true;
}

static uint32_t scan_next(struct scan *s)
{
	uint32_t rune;
	size_t n = jet_rune_decode(s->data, s->len, &rune);

	s->data += n;
	s->len -= n;
	return rune;
}

static int put_rune(struct jet_buf *out, uint32_t rune)
{
	char utf8[4];

	return jet_buf_append(out, utf8, jet_rune_encode(rune, utf8));
}

static int put_escaped(struct jet_buf *out, uint32_t rune)
{
	return jet_buf_byte(out, '\\') < 0 ? -1 : put_rune(out, rune);
}

/* "**" was read.  Everything at the end, any number of components before it. */
static int double_star(struct scan *s, bool first, enum jet_glob_kind *kind,
                       struct jet_buf *out)
{
	int rc = 0;

	scan_eat(s, '/');
	if (s->len) {
		rc = jet_buf_text(out, "(.*/)?");
		*kind = JET_GLOB_REGEX;
	} else if (*kind == JET_GLOB_EXACT) {
		*kind = JET_GLOB_PREFIX;
	} else {
		rc = jet_buf_text(out, ".*");
		*kind = JET_GLOB_REGEX;
	}
	if (first)
		*kind = JET_GLOB_SUFFIX;
	return rc;
}

static int step(struct scan *s, bool first, bool typed, enum jet_glob_kind *kind,
                struct jet_buf *out)
{
	uint32_t rune = scan_next(s);

	switch (rune) {
	case '*':
		if (scan_eat(s, '*'))
			return double_star(s, first, kind, out);
		*kind = JET_GLOB_REGEX;
		return jet_buf_text(out, "[^/]*");
	case '?':
		*kind = JET_GLOB_REGEX;
		return jet_buf_text(out, "[^/]");
	case '.':
	case '$':
		return put_escaped(out, rune);
	case '+':
	case '(':
	case ')':
		return typed ? put_escaped(out, rune) : put_rune(out, rune);
	case '\\':
		if (!s->len)
			return jet_buf_byte(out, '\\');
		*kind = JET_GLOB_REGEX;
		return put_escaped(out, scan_next(s));
	case '[':
	case ']':
		*kind = JET_GLOB_REGEX;
		return put_rune(out, rune);
	default:
		/* "{ } | ^" as well: they are live operators when the kind ends as
		 * JET_GLOB_REGEX (moby's table of bytes to escape overflows). */
		return put_rune(out, rune);
	}
}

int jet_glob_translate(const char *pattern, size_t len, const struct jet_dialect *dialect,
                       struct jet_glob *glob, struct jet_buf *regexp)
{
	/* The old matchers know no kinds: everything is a regexp to them. */
	enum jet_glob_kind kind = dialect->typed ? JET_GLOB_EXACT : JET_GLOB_REGEX;
	bool first = true;
	struct scan s;

	if (jet_buf_byte(regexp, '^') < 0)
		return -1;
	scan_start(&s, pattern, len);
	while (s.len) {
		if (step(&s, first, dialect->typed, &kind, regexp) < 0)
			return -1;
		first = false;
	}
	if (dialect->covers_subtree && jet_buf_text(regexp, "(/.*)?") < 0)
		return -1;
	glob->kind = dialect->typed ? kind : JET_GLOB_REGEX;
	glob->text = (struct jet_str){ pattern, len };
	if (glob->kind == JET_GLOB_PREFIX) {
		glob->text.len -= 2;
	} else if (glob->kind == JET_GLOB_SUFFIX) {
		glob->text.data += 2;
		glob->text.len -= 2;
	}
	return jet_buf_byte(regexp, '$');
}
