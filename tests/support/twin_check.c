/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The syntax check when a list is parsed: filepath.Match(pattern, "."), of
 * which only the error counts.  It is partial: chunks behind one that cannot
 * match "." are never looked at.
 */
#include "twin_private.h"

struct span {
	const char *s;
	size_t len;
};

static void skip(struct span *p, size_t n)
{
	p->s += n;
	p->len -= n;
}

/* Everything up to the next "*" that is not between brackets. */
static struct span next_chunk(struct span *rest)
{
	struct span chunk = { rest->s, 0 };
	bool inside = false;
	size_t i;

	for (i = 0; i < rest->len; i++) {
		char c = rest->s[i];

		if (c == '\\' && i + 1 < rest->len)
			i++;
		else if (c == '[')
			inside = true;
		else if (c == ']')
			inside = false;
		else if (c == '*' && !inside)
			break;
	}
	chunk.len = i;
	skip(rest, i);
	return chunk;
}

/* One end of a range; false when it is malformed. */
static bool range_end(struct span *chunk, uint32_t *rune)
{
	bool bad;

	if (!chunk->len || chunk->s[0] == '-' || chunk->s[0] == ']')
		return false;
	if (chunk->s[0] == '\\') {
		skip(chunk, 1);
		if (!chunk->len)
			return false;
	}
	skip(chunk, twin_decode(chunk->s, chunk->len, rune, &bad));
	return !bad && chunk->len;
}

/* A class behind its "["; *hit: r is in it. */
static bool read_class(struct span *chunk, uint32_t r, bool *hit)
{
	bool negated = chunk->len && chunk->s[0] == '^';

	*hit = false;
	if (negated)
		skip(chunk, 1);
	for (size_t n = 0; !(chunk->len && chunk->s[0] == ']' && n); n++) {
		uint32_t lo, hi;

		if (!range_end(chunk, &lo))
			return false;
		hi = lo;
		if (chunk->s[0] == '-') {
			skip(chunk, 1);
			if (!range_end(chunk, &hi))
				return false;
		}
		if (lo <= r && r <= hi)
			*hit = true;
	}
	skip(chunk, 1);
	*hit = *hit != negated;
	return true;
}

/* M of the rules: reads all of the chunk; false = bad.  *ok and *s: the match. */
static bool match_chunk(struct span chunk, struct span *s, bool *ok)
{
	bool failed = false, bad;
	uint32_t r = 0;

	while (chunk.len) {
		char c = chunk.s[0];
		bool hit;

		failed |= !s->len;
		skip(&chunk, 1);
		if (c == '[') {
			if (!failed)
				skip(s, twin_decode(s->s, s->len, &r, &bad));
			if (!read_class(&chunk, r, &hit))
				return false;
			failed |= !hit;
			continue;
		}
		if (c == '?') {
			if (!failed) {
				failed = s->s[0] == '/';
				skip(s, twin_decode(s->s, s->len, &r, &bad));
			}
			continue;
		}
		if (c == '\\') {
			if (!chunk.len)
				return false;
			c = chunk.s[0];
			skip(&chunk, 1);
		}
		if (!failed) {
			failed = s->s[0] != c;
			skip(s, 1);
		}
	}
	*ok = !failed;
	return true;
}

/* Tries the chunk further on, after a star.  false = bad; *ok: found. */
static bool match_later(struct span chunk, bool last, struct span *name, bool *ok)
{
	for (size_t i = 0; i < name->len && name->s[i] != '/'; i++) {
		struct span t = { name->s + i + 1, name->len - i - 1 };

		if (!match_chunk(chunk, &t, ok))
			return false;
		if (*ok && !(last && t.len)) {
			*name = t;
			return true;
		}
	}
	*ok = false;
	return true;
}

bool twin_check(const char *pattern, size_t len)
{
	struct span rest = { pattern, len }, name = { ".", 1 };

	while (rest.len) {
		struct span chunk, t = name;
		bool star = false, ok;

		for (; rest.len && rest.s[0] == '*'; star = true)
			skip(&rest, 1);
		chunk = next_chunk(&rest);
		if (star && !chunk.len)
			return true;
		if (!match_chunk(chunk, &t, &ok))
			return false;
		if (ok && (!t.len || rest.len)) {
			name = t;
			continue;
		}
		if (!star)
			return true;
		if (!match_later(chunk, !rest.len, &name, &ok))
			return false;
		if (!ok)
			return true;
	}
	return true;
}
