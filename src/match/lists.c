/* SPDX-License-Identifier: Apache-2.0 */
#include "match/lists.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_rules(const uint32_t *rules, size_t n)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < n; i++) {
		h = (h ^ rules[i]) * 0x9E3779B1U;
		h ^= h >> 15;
	}
	return h;
}

int jet_lists_reset(struct jet_lists *t)
{
	uint32_t empty;

	/* A flush is there to give memory back, too. */
	jet_lists_clear(t);
	return jet_lists_add(t, NULL, 0, &empty);
}

static int rehash(struct jet_lists *t)
{
	size_t n = t->nbuckets ? t->nbuckets * 2 : 64;
	uint32_t *buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return -1;
	for (size_t i = 0; i < t->n; i++) {
		size_t at = t->lists[i].hash & (n - 1);

		while (buckets[at])
			at = (at + 1) & (n - 1);
		buckets[at] = (uint32_t)i + 1;
	}
	free(t->buckets);
	t->buckets = buckets;
	t->nbuckets = n;
	return 0;
}

/* Where the list is, or where it would be put. */
static size_t bucket_of(const struct jet_lists *t, const uint32_t *rules, size_t n,
                        uint32_t hash)
{
	size_t at = hash & (t->nbuckets - 1);

	for (; t->buckets[at]; at = (at + 1) & (t->nbuckets - 1)) {
		const struct jet_list *list = &t->lists[t->buckets[at] - 1];

		if (list->hash == hash && list->len == n &&
		    (!n || memcmp(t->cells + list->start, rules, n * sizeof(*rules)) == 0))
			break;
	}
	return at;
}

static int append(struct jet_lists *t, const uint32_t *rules, size_t n)
{
	/* Also for an empty list: jet_lists_get() adds to the pointer. */
	while (!t->cells || t->cell_capacity - t->ncells < n) {
		size_t more = t->cell_capacity ? t->cell_capacity * 2 : 64;
		uint32_t *cells = realloc(t->cells, more * sizeof(*cells));

		if (!cells)
			return -1;
		t->cells = cells;
		t->cell_capacity = more;
	}
	if (n)
		memcpy(t->cells + t->ncells, rules, n * sizeof(*rules));
	return 0;
}

int jet_lists_add(struct jet_lists *t, const uint32_t *rules, size_t n, uint32_t *number)
{
	const uint32_t hash = hash_rules(rules, n);
	struct jet_list *grown;
	size_t at;

	if (t->n * 2 >= t->nbuckets && rehash(t) < 0)
		return -1;
	at = bucket_of(t, rules, n, hash);
	if (t->buckets[at]) {
		*number = t->buckets[at] - 1;
		return 0;
	}
	grown = jet_grow(t->lists, t->n, &t->capacity, sizeof(*grown));
	if (!grown)
		return -1;
	t->lists = grown;
	if (append(t, rules, n) < 0)
		return -1;
	t->lists[t->n] = (struct jet_list){ t->ncells, (uint32_t)n, hash };
	t->ncells += n;
	*number = (uint32_t)t->n++;
	t->buckets[at] = (uint32_t)t->n;
	return 0;
}

size_t jet_lists_bytes(const struct jet_lists *t)
{
	return t->cell_capacity * sizeof(*t->cells) + t->capacity * sizeof(*t->lists) +
	       t->nbuckets * sizeof(*t->buckets);
}

void jet_lists_clear(struct jet_lists *t)
{
	free(t->cells);
	free(t->lists);
	free(t->buckets);
	memset(t, 0, sizeof(*t));
}
