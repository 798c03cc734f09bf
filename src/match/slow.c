/* SPDX-License-Identifier: Apache-2.0 */
#include "match/slow.h"

#include <stdlib.h>
#include <string.h>

/* Bit i of a set: before symbol i; bit nsymbols: at the end of the path. */

static bool has(const uint64_t *set, size_t i)
{
	return set[i >> 6] >> (i & 63) & 1;
}

static void put(uint64_t *set, size_t i)
{
	set[i >> 6] |= UINT64_C(1) << (i & 63);
}

static bool is_empty(const struct jet_slow_path *sp, const uint64_t *set)
{
	for (size_t i = 0; i < sp->nwords; i++) {
		if (set[i])
			return false;
	}
	return true;
}

static void clear(const struct jet_slow_path *sp, uint64_t *set)
{
	memset(set, 0, sp->nwords * sizeof(*set));
}

static void copy(const struct jet_slow_path *sp, uint64_t *to, const uint64_t *from)
{
	memcpy(to, from, sp->nwords * sizeof(*to));
}

int jet_slow_prepare(struct jet_slow_path *sp, const char *path, size_t len)
{
	size_t n = 0;

	if (len >= sp->symbol_capacity) {
		uint32_t *grown;

		if (len > SIZE_MAX / 16)
			return -1;
		grown = realloc(sp->symbols, (len * 2 + 64) * sizeof(*grown));
		if (!grown)
			return -1;
		sp->symbols = grown;
		sp->symbol_capacity = len * 2 + 64;
	}
	sp->path = path;
	sp->len = len;
	while (len) {
		size_t used = jet_symbol_decode(path, len, &sp->symbols[n++]);

		path += used;
		len -= used;
	}
	sp->nsymbols = n;
	sp->nwords = n / 64 + 1;
	return 0;
}

void jet_slow_clear(struct jet_slow_path *sp)
{
	free(sp->symbols);
	free(sp->words);
	memset(sp, 0, sizeof(*sp));
}

/* ---- single nodes ------------------------------------------------------- */

/*
 * Between min and max symbols of one set, in one sweep.  Position j is reached
 * when some position i of @in has i + min <= j <= i + max and all symbols from
 * i to j are in the set.  The last i that is far enough away is the best one.
 */
static void match_run(const struct jet_slow_path *sp, const struct jet_set *set, int min,
                      int max, const uint64_t *in, uint64_t *out)
{
	const size_t none = SIZE_MAX;
	size_t start = none, run = 0; /* run: first position of the run of members */

	clear(sp, out);
	for (size_t j = 0; j <= sp->nsymbols; j++) {
		if (j && !jet_set_has(set, sp->symbols[j - 1]))
			run = j;
		if (j >= (size_t)min && has(in, j - (size_t)min))
			start = j - (size_t)min;
		if (start != none && start >= run &&
		    (max == JET_RE_UNBOUNDED || j - start <= (size_t)max))
			put(out, j);
	}
}

static bool is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '_';
}

static bool holds(const struct jet_slow_path *sp, enum jet_re_kind kind, size_t i)
{
	bool before = i > 0 && is_word(sp->symbols[i - 1]);
	bool after = i < sp->nsymbols && is_word(sp->symbols[i]);

	switch (kind) {
	case JET_RE_BEGIN:
		return i == 0;
	case JET_RE_END:
		return i == sp->nsymbols;
	case JET_RE_EDGE:
		return before != after;
	default:
		return before == after;
	}
}

static void match_assert(const struct jet_slow_path *sp, enum jet_re_kind kind,
                         const uint64_t *in, uint64_t *out)
{
	clear(sp, out);
	for (size_t i = 0; i <= sp->nsymbols; i++) {
		if (has(in, i) && holds(sp, kind, i))
			put(out, i);
	}
}

/* ---- trees -------------------------------------------------------------- */

static void match(const struct jet_slow_path *sp, const struct jet_re *re, const uint64_t *in,
                  uint64_t *out, uint64_t *room);

static void match_cat(const struct jet_slow_path *sp, const struct jet_re *re,
                      const uint64_t *in, uint64_t *out, uint64_t *room)
{
	uint64_t *now = room;

	copy(sp, now, in);
	for (const struct jet_re *sub = re->sub; sub; sub = sub->next) {
		match(sp, sub, now, out, room + sp->nwords);
		if (is_empty(sp, out))
			return;
		copy(sp, now, out);
	}
}

static void match_alt(const struct jet_slow_path *sp, const struct jet_re *re,
                      const uint64_t *in, uint64_t *out, uint64_t *room)
{
	uint64_t *one = room;

	clear(sp, out);
	for (const struct jet_re *sub = re->sub; sub; sub = sub->next) {
		match(sp, sub, in, one, room + sp->nwords);
		for (size_t i = 0; i < sp->nwords; i++)
			out[i] |= one[i];
	}
}

static void match_repeat(const struct jet_slow_path *sp, const struct jet_re *re,
                         const uint64_t *in, uint64_t *out, uint64_t *room)
{
	uint64_t *now = room, *next = room + sp->nwords;

	if (re->sub->kind == JET_RE_SET) {
		match_run(sp, re->sub->set, re->min, re->max, in, out);
		return;
	}
	copy(sp, now, in);
	for (int i = 0; i < re->min && !is_empty(sp, now); i++) {
		match(sp, re->sub, now, next, room + 2 * sp->nwords);
		if (memcmp(now, next, sp->nwords * sizeof(*now)) == 0)
			break;
		copy(sp, now, next);
	}
	copy(sp, out, now);
	for (int i = re->min; re->max == JET_RE_UNBOUNDED || i < re->max; i++) {
		match(sp, re->sub, now, next, room + 2 * sp->nwords);
		/* Only from positions that are new: the others were gone through
		 * with at least as many turns left. */
		for (size_t w = 0; w < sp->nwords; w++) {
			now[w] = next[w] & ~out[w];
			out[w] |= next[w];
		}
		if (is_empty(sp, now))
			return;
	}
}

static void match(const struct jet_slow_path *sp, const struct jet_re *re, const uint64_t *in,
                  uint64_t *out, uint64_t *room)
{
	switch (re->kind) {
	case JET_RE_EMPTY:
		copy(sp, out, in);
		return;
	case JET_RE_SET:
		match_run(sp, re->set, 1, 1, in, out);
		return;
	case JET_RE_CAT:
		match_cat(sp, re, in, out, room);
		return;
	case JET_RE_ALT:
		match_alt(sp, re, in, out, room);
		return;
	case JET_RE_REPEAT:
		match_repeat(sp, re, in, out, room);
		return;
	default:
		match_assert(sp, re->kind, in, out);
	}
}

/* A search: the match may begin anywhere. */
static int search(struct jet_slow_path *sp, const struct jet_re *re)
{
	/* Two sets for the search itself, at most two for each level of the tree;
	 * what is never reached is never touched. */
	const size_t sets = 2 + 2 * (size_t)re->height;
	uint64_t *in, *out;

	if (sets * sp->nwords > sp->word_capacity) {
		if (sp->nwords > SIZE_MAX / 64 / sets)
			return -1;
		free(sp->words);
		sp->words = malloc(sets * sp->nwords * sizeof(*sp->words));
		sp->word_capacity = sp->words ? sets * sp->nwords : 0;
		if (!sp->words)
			return -1;
	}
	in = sp->words;
	out = sp->words + sp->nwords;
	clear(sp, in);
	for (size_t i = 0; i <= sp->nsymbols; i++)
		put(in, i);
	match(sp, re, in, out, out + sp->nwords);
	return !is_empty(sp, out);
}

static bool has_prefix(const struct jet_slow_path *sp, struct jet_str text)
{
	return sp->len >= text.len && memcmp(sp->path, text.data, text.len) == 0;
}

/* A text that begins with "/" also stands for the same at the very start. */
static bool has_suffix(const struct jet_slow_path *sp, struct jet_str text)
{
	if (sp->len >= text.len &&
	    memcmp(sp->path + sp->len - text.len, text.data, text.len) == 0)
		return true;
	return text.len && text.data[0] == '/' && sp->len == text.len - 1 &&
	       memcmp(sp->path, text.data + 1, sp->len) == 0;
}

int jet_slow_match(struct jet_slow_path *sp, const struct jet_slow *slow)
{
	switch (slow->kind) {
	case JET_SLOW_PREFIX:
		return has_prefix(sp, slow->text);
	case JET_SLOW_SUFFIX:
		return has_suffix(sp, slow->text);
	default:
		return search(sp, slow->re);
	}
}
