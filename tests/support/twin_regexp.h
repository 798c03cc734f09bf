/* SPDX-License-Identifier: Apache-2.0 */
/*
 * twin_regexp.h - Go's regular expressions, rewritten for PCRE2.
 *
 * The text is parsed by Go's grammar and written out again with nothing in it
 * on which the two could differ: every character as \x{..}, every class as
 * ranges, "^" as \A, "$" as \z.  What Go refuses is refused here.
 */
#ifndef JET_TESTS_TWIN_REGEXP_H
#define JET_TESTS_TWIN_REGEXP_H

#include "base/buf.h"
#include "twin_private.h"

struct twin_parser {
	const uint32_t *t; /* what is left of the text */
	size_t len;
	struct jet_buf out;
	size_t depth; /* open groups */
	bool old;     /* names in \p{..} are those of Go 1.19 */
	bool bad;     /* Go refuses it */
};

/** struct twin_set - a class being collected. */
struct twin_set {
	struct {
		uint32_t lo, hi;
	} *ranges;
	size_t n, capacity;
	struct jet_buf names; /* \p{..} and \P{..}, as PCRE2 has them */
};

/** twin_peek() - rune @i from here, 0x110000 behind the end. */
static inline uint32_t twin_peek(const struct twin_parser *p, size_t i)
{
	return i < p->len ? p->t[i] : 0x110000;
}

/** twin_skip() - moves on by @n runes. */
static inline void twin_skip(struct twin_parser *p, size_t n)
{
	p->t += n;
	p->len -= n;
}

/** twin_class() - a class at "["; sets p->bad when Go refuses it. */
void twin_class(struct twin_parser *p);

/** twin_escape_set() - \d, \pL and the like at "\"; false: it is no such. */
bool twin_escape_set(struct twin_parser *p, struct twin_set *set);

/** twin_escape_rune() - any other escape at "\", as one rune. */
uint32_t twin_escape_rune(struct twin_parser *p);

/** twin_set_add() - adds a range. */
void twin_set_add(struct twin_set *set, uint32_t lo, uint32_t hi);

/** twin_set_emit() - writes the class and frees it. */
void twin_set_emit(struct twin_parser *p, struct twin_set *set, bool negated);

/** twin_property() - the PCRE2 text for \p{name}, a "!" in front: not that.
 *  @old: as Go 1.19 has it.  NULL: Go has no such name. */
const char *twin_property(const char *name, bool old);

#endif
