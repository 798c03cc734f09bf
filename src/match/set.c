/* SPDX-License-Identifier: Apache-2.0 */
#include "match/set.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static bool wide_member(const struct jet_set *set, uint32_t rune)
{
	for (uint32_t i = 0; i < set->nranges; i++) {
		if (rune >= set->ranges[i].low && rune <= set->ranges[i].high)
			return true;
	}
	for (uint32_t i = 0; i < set->nclasses; i++) {
		if (jet_unicode_has(set->classes[i].class, rune) != set->classes[i].negated)
			return true;
	}
	return false;
}

bool jet_set_has_wide(const struct jet_set *set, uint32_t symbol)
{
	if (symbol >= JET_SYMBOL_INVALID)
		symbol = JET_RUNE_ERROR;
	return wide_member(set, symbol) != set->negated;
}

void jet_set_add_range(struct jet_set_builder *b, uint32_t low, uint32_t high)
{
	struct jet_range *grown;

	grown = jet_grow(b->ranges, b->nranges, &b->range_capacity, sizeof(*grown));
	if (!grown) {
		b->failed = true;
		return;
	}
	b->ranges = grown;
	b->ranges[b->nranges++] = (struct jet_range){ low, high };
}

void jet_set_add_class(struct jet_set_builder *b, struct jet_unicode_class c, bool negated)
{
	struct jet_set_class *grown;

	grown = jet_grow(b->classes, b->nclasses, &b->class_capacity, sizeof(*grown));
	if (!grown) {
		b->failed = true;
		return;
	}
	b->classes = grown;
	b->classes[b->nclasses++] = (struct jet_set_class){ c, negated };
}

void jet_set_builder_clear(struct jet_set_builder *b)
{
	free(b->ranges);
	free(b->classes);
	memset(b, 0, sizeof(*b));
}

/* ---- the table ---------------------------------------------------------- */

/* Byte by byte over the members: none of these structs has padding that
 * initialisation would leave undefined, but classes end in a bool, so they are
 * compared by field. */
static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 29;
}

static uint64_t hash_set(const struct jet_set *s)
{
	uint64_t h = mix(mix(s->negated, s->ascii[0]), s->ascii[1]);

	for (uint32_t i = 0; i < s->nranges; i++)
		h = mix(h, (uint64_t)s->ranges[i].low << 32 | s->ranges[i].high);
	for (uint32_t i = 0; i < s->nclasses; i++)
		h = mix(h, (uint64_t)s->classes[i].class.categories << 32 |
		                   s->classes[i].class.script << 1 | s->classes[i].negated);
	return h;
}

static bool same_set(const struct jet_set *a, const struct jet_set *b)
{
	if (a->negated != b->negated || a->nranges != b->nranges || a->nclasses != b->nclasses ||
	    memcmp(a->ascii, b->ascii, sizeof(a->ascii)) != 0)
		return false;
	for (uint32_t i = 0; i < a->nranges; i++) {
		if (a->ranges[i].low != b->ranges[i].low || a->ranges[i].high != b->ranges[i].high)
			return false;
	}
	for (uint32_t i = 0; i < a->nclasses; i++) {
		if (a->classes[i].class.categories != b->classes[i].class.categories ||
		    a->classes[i].class.script != b->classes[i].class.script ||
		    a->classes[i].negated != b->classes[i].negated)
			return false;
	}
	return true;
}

static size_t bucket_of(const struct jet_set_table *t, const struct jet_set *set)
{
	size_t i = hash_set(set) & (t->nbuckets - 1);

	while (t->buckets[i] && !same_set(t->sets[t->buckets[i] - 1], set))
		i = (i + 1) & (t->nbuckets - 1);
	return i;
}

static int rehash(struct jet_set_table *t)
{
	size_t n = t->nbuckets ? t->nbuckets * 2 : 16;
	uint32_t *buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return -1;
	free(t->buckets);
	t->buckets = buckets;
	t->nbuckets = n;
	for (size_t i = 0; i < t->n; i++)
		t->buckets[bucket_of(t, t->sets[i])] = (uint32_t)i + 1;
	return 0;
}

static void fill_ascii(struct jet_set *set)
{
	for (uint32_t c = 0; c < 0x80; c++) {
		if (wide_member(set, c) != set->negated)
			set->ascii[c >> 6] |= UINT64_C(1) << (c & 63);
	}
}

/* Copies what @b gathered to the arena. */
static struct jet_set *copy(struct jet_arena *arena, const struct jet_set *draft)
{
	struct jet_set *set = jet_arena_alloc(arena, sizeof(*set));
	struct jet_range *ranges = jet_arena_array(arena, draft->nranges, sizeof(*ranges));
	struct jet_set_class *classes = jet_arena_array(arena, draft->nclasses, sizeof(*classes));

	if (!set || !ranges || !classes)
		return NULL;
	*set = *draft;
	if (draft->nranges)
		memcpy(ranges, draft->ranges, draft->nranges * sizeof(*ranges));
	if (draft->nclasses)
		memcpy(classes, draft->classes, draft->nclasses * sizeof(*classes));
	set->ranges = ranges;
	set->classes = classes;
	return set;
}

const struct jet_set *jet_set_table_add(struct jet_set_table *t, struct jet_arena *arena,
                                        const struct jet_set_builder *b)
{
	struct jet_set draft = {
		.ranges = b->ranges,
		.classes = b->classes,
		.nranges = (uint32_t)b->nranges,
		.nclasses = (uint32_t)b->nclasses,
		.negated = b->negated,
	};
	const struct jet_set **grown;
	struct jet_set *set;
	size_t bucket;

	if (b->failed || (t->n * 2 >= t->nbuckets && rehash(t) < 0))
		return NULL;
	fill_ascii(&draft);
	bucket = bucket_of(t, &draft);
	if (t->buckets[bucket])
		return t->sets[t->buckets[bucket] - 1];
	grown = jet_grow(t->sets, t->n, &t->capacity, sizeof(*grown));
	if (!grown)
		return NULL;
	t->sets = grown;
	set = copy(arena, &draft);
	if (!set)
		return NULL;
	set->id = (uint32_t)t->n;
	t->sets[t->n++] = set;
	t->buckets[bucket] = (uint32_t)t->n;
	return set;
}

static int add_all_but(struct jet_set_table *table, struct jet_arena *arena, uint32_t symbol)
{
	struct jet_set_builder b = { .negated = true };
	const struct jet_set *set;

	if (symbol != JET_SYMBOL_INVALID)
		jet_set_add_range(&b, symbol, symbol);
	set = jet_set_table_add(table, arena, &b);
	jet_set_builder_clear(&b);
	return set ? 0 : -1;
}

int jet_set_table_init(struct jet_set_table *table, struct jet_arena *arena)
{
	memset(table, 0, sizeof(*table));
	if (add_all_but(table, arena, '/') < 0 || add_all_but(table, arena, '\n') < 0 ||
	    add_all_but(table, arena, JET_SYMBOL_INVALID) < 0)
		return -1;
	return 0;
}

void jet_set_table_clear(struct jet_set_table *table)
{
	free(table->sets);
	free(table->buckets);
	memset(table, 0, sizeof(*table));
}
