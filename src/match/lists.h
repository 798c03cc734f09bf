/* SPDX-License-Identifier: Apache-2.0 */
/* lists.h - ascending lists of rule numbers, equal ones once. */
#ifndef JET_MATCH_LISTS_H
#define JET_MATCH_LISTS_H

#include <stddef.h>
#include <stdint.h>

/** The empty list is number 0 in every table. */
enum { JET_LIST_EMPTY = 0 };

struct jet_list {
	size_t start; /* in cells */
	uint32_t len, hash;
};

/** struct jet_lists - a table; zero it, then jet_lists_reset(). */
struct jet_lists {
	uint32_t *cells;
	struct jet_list *lists;
	uint32_t *buckets; /* number + 1, open hash */
	size_t ncells, cell_capacity, n, capacity, nbuckets;
};

/** jet_lists_reset() - forgets all lists but the empty one.  0 or -1. */
int jet_lists_reset(struct jet_lists *t);

/**
 * jet_lists_add() - the number of the list of these rules.
 * @rules, @n: ascending, no rule twice; may not lie in the table
 * @number: set on success
 *
 * Return: 0, or -1 when out of memory.
 */
int jet_lists_add(struct jet_lists *t, const uint32_t *rules, size_t n, uint32_t *number);

/** jet_lists_get() - its rules; valid until the next jet_lists_add(). */
static inline const uint32_t *jet_lists_get(const struct jet_lists *t, uint32_t number,
                                            size_t *n)
{
	*n = t->lists[number].len;
	return t->cells + t->lists[number].start;
}

/** jet_lists_bytes() - memory in use. */
size_t jet_lists_bytes(const struct jet_lists *t);

/** jet_lists_clear() - frees the table. */
void jet_lists_clear(struct jet_lists *t);

#endif
