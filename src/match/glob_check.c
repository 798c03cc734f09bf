/* SPDX-License-Identifier: Apache-2.0 */
#include "match/glob.h"

#include <string.h>

/*
 * Go's filepath.Match against the name ".", for its error only.  Nothing here
 * is cleverer than the original: which part of a pattern is looked at at all
 * depends on how far the match against "." gets.
 */

enum result { NO, YES, BAD };

/* Takes one, perhaps escaped, rune of a class. */
static bool class_rune(struct jet_str *chunk, uint32_t *rune)
{
	size_t n;

	if (!chunk->len || chunk->data[0] == '-' || chunk->data[0] == ']')
		return false;
	if (chunk->data[0] == '\\') {
		chunk->data++;
		chunk->len--;
		if (!chunk->len)
			return false;
	}
	n = jet_rune_decode(chunk->data, chunk->len, rune);
	if (*rune == JET_RUNE_ERROR && n == 1)
		return false;
	chunk->data += n;
	chunk->len -= n;
	return chunk->len > 0;
}

static bool eat(struct jet_str *s, char c)
{
	if (!s->len || s->data[0] != c)
		return false;
	s->data++;
	s->len--;
	return true;
}

/* A class, behind its "[".  Is @rune in it? */
static enum result match_class(struct jet_str *chunk, uint32_t rune)
{
	const bool negated = eat(chunk, '^');
	bool match = false;

	for (unsigned ranges = 0; !(ranges > 0 && eat(chunk, ']')); ranges = 1) {
		uint32_t low, high;

		if (!class_rune(chunk, &low))
			return BAD;
		high = low;
		if (eat(chunk, '-') && !class_rune(chunk, &high))
			return BAD;
		match = match || (low <= rune && rune <= high);
	}
	return match != negated ? YES : NO;
}

/* Matches all of @chunk, which has no "*", against the start of @name.  Reads
 * the chunk to its end even after the match has failed. */
static enum result match_chunk(struct jet_str chunk, struct jet_str *name)
{
	bool failed = false;

	while (chunk.len) {
		const char c = chunk.data[0];
		uint32_t rune = 0;
		size_t n = 0;

		failed = failed || !name->len;
		if (!failed)
			n = jet_rune_decode(name->data, name->len, &rune);
		chunk.data++;
		chunk.len--;
		if (c == '[') {
			enum result r = match_class(&chunk, rune);

			if (r == BAD)
				return BAD;
			failed = failed || r == NO;
		} else if (c == '?') {
			failed = failed || name->data[0] == '/';
		} else {
			char want = c;

			if (c == '\\') {
				if (!chunk.len)
					return BAD;
				want = chunk.data[0];
				chunk.data++;
				chunk.len--;
			}
			failed = failed || name->data[0] != want;
			n = 1;
		}
		if (!failed) {
			name->data += n;
			name->len -= n;
		}
	}
	return failed ? NO : YES;
}

/* Cuts leading stars and the part up to the next star off @rest. */
static struct jet_str next_chunk(struct jet_str *rest, bool *star)
{
	bool in_class = false;
	struct jet_str chunk;
	size_t i;

	*star = false;
	while (eat(rest, '*'))
		*star = true;
	for (i = 0; i < rest->len; i++) {
		const char c = rest->data[i];

		if (c == '\\' && i + 1 < rest->len)
			i++;
		else if (c == '[')
			in_class = true;
		else if (c == ']')
			in_class = false;
		else if (c == '*' && !in_class)
			break;
	}
	chunk = (struct jet_str){ rest->data, i };
	rest->data += i;
	rest->len -= i;
	return chunk;
}

/* Behind a star the chunk may begin at any later byte.  YES: go on with what is
 * left in @name; NO: the match has failed. */
static enum result match_after_star(struct jet_str chunk, bool last, struct jet_str *name)
{
	for (size_t i = 0; i < name->len && name->data[i] != '/'; i++) {
		struct jet_str left = { name->data + i + 1, name->len - i - 1 };
		enum result r = match_chunk(chunk, &left);

		if (r == BAD)
			return BAD;
		if (r == YES && !(last && left.len)) {
			*name = left;
			return YES;
		}
	}
	return NO;
}

static enum result match_path(struct jet_str rest, struct jet_str name)
{
	while (rest.len) {
		bool star;
		struct jet_str chunk = next_chunk(&rest, &star), left = name;
		enum result r;

		if (star && !chunk.len)
			/* A star at the end takes what is left of the component. */
			return name.len && memchr(name.data, '/', name.len) ? NO : YES;
		r = match_chunk(chunk, &left);
		if (r == YES && (!left.len || rest.len)) {
			name = left;
			continue;
		}
		if (r == BAD)
			return BAD;
		r = star ? match_after_star(chunk, !rest.len, &name) : NO;
		if (r != YES)
			return r;
	}
	return name.len ? NO : YES;
}

bool jet_glob_check(const char *pattern, size_t len)
{
	return match_path((struct jet_str){ pattern, len }, (struct jet_str){ ".", 1 }) != BAD;
}

bool jet_glob_valid(struct jet_str pattern)
{
	while (pattern.len) {
		struct jet_str nothing = { "", 0 };
		bool star;

		if (match_chunk(next_chunk(&pattern, &star), &nothing) == BAD)
			return false;
	}
	return true;
}

bool jet_glob_match(struct jet_str pattern, struct jet_str name)
{
	return match_path(pattern, name) == YES;
}
