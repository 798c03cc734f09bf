/* SPDX-License-Identifier: Apache-2.0 */
/*
 * set.h - symbols of a path, and sets of them.
 *
 * A path is a row of symbols: valid runes as themselves, and every invalid byte
 * b as 0x110000 + b.  So a path can be told from any other by its symbols,
 * while a set (which comes from a regexp, where Go reads U+FFFD for an invalid
 * byte) treats all invalid bytes as U+FFFD.
 */
#ifndef JET_MATCH_SET_H
#define JET_MATCH_SET_H

#include "base/arena.h"
#include "base/str.h"
#include "match/unicode.h"

enum { JET_SYMBOL_INVALID = 0x110000 };

/** jet_symbol_decode() - the first symbol of @len > 0 bytes, and its bytes. */
static inline size_t jet_symbol_decode(const char *data, size_t len, uint32_t *symbol)
{
	size_t n = jet_rune_decode(data, len, symbol);

	if (*symbol == JET_RUNE_ERROR && n == 1)
		*symbol = JET_SYMBOL_INVALID + (unsigned char)data[0];
	return n;
}

struct jet_range {
	uint32_t low, high; /* inclusive */
};

struct jet_set_class {
	struct jet_unicode_class class;
	bool negated;
};

/** struct jet_set - a set of runes.  Built once, then only read. */
struct jet_set {
	uint64_t ascii[2];               /* exact, whatever negated says */
	const struct jet_range *ranges;  /* any order, may overlap */
	const struct jet_set_class *classes;
	uint32_t nranges, nclasses;
	bool negated;                    /* for symbols above U+007F */
	uint32_t id;                     /* place in its table */
};

/** jet_set_has_wide() - is @symbol above 0x7F in the set? */
bool jet_set_has_wide(const struct jet_set *set, uint32_t symbol);

/** jet_set_has() - is @symbol in the set? */
static inline bool jet_set_has(const struct jet_set *set, uint32_t symbol)
{
	if (symbol < 0x80)
		return set->ascii[symbol >> 6] >> (symbol & 63) & 1;
	return jet_set_has_wide(set, symbol);
}

/** struct jet_set_builder - gathers the members of one set; zero-initialise. */
struct jet_set_builder {
	struct jet_range *ranges;
	struct jet_set_class *classes;
	size_t nranges, range_capacity, nclasses, class_capacity;
	bool negated;
	bool failed; /* out of memory: the set is not to be used */
};

/** jet_set_add_range() - adds @low to @high, inclusive. */
void jet_set_add_range(struct jet_set_builder *b, uint32_t low, uint32_t high);

/** jet_set_add_class() - adds a Unicode class, or what is not in it. */
void jet_set_add_class(struct jet_set_builder *b, struct jet_unicode_class c, bool negated);

/** jet_set_builder_clear() - frees the builder. */
void jet_set_builder_clear(struct jet_set_builder *b);

/** struct jet_set_table - all sets of a ruleset, equal ones once. */
struct jet_set_table {
	const struct jet_set **sets;
	size_t n, capacity;
	uint32_t *buckets; /* open hash of id + 1 */
	size_t nbuckets;
};

/** Sets that every table begins with, in this order. */
enum { JET_SET_NOT_SLASH, JET_SET_NOT_NEWLINE, JET_SET_ANY, JET_SET_FIXED };

/** jet_set_table_init() - an empty table with the fixed sets.  0 or -1. */
int jet_set_table_init(struct jet_set_table *table, struct jet_arena *arena);

/**
 * jet_set_table_add() - the table's set with these members.
 * @arena: where a new set lives
 *
 * Return: the set, or NULL when out of memory (also when the builder was).
 */
const struct jet_set *jet_set_table_add(struct jet_set_table *table, struct jet_arena *arena,
                                        const struct jet_set_builder *b);

/** jet_set_table_clear() - frees the table; the sets belong to the arena. */
void jet_set_table_clear(struct jet_set_table *table);

#endif
