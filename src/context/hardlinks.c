/* SPDX-License-Identifier: Apache-2.0 */
#include "context/hardlinks.h"

#include <stdlib.h>
#include <string.h>

static struct jet_hardlink *slot_of(struct jet_hardlink *slots, size_t capacity, uint64_t dev,
                                    uint64_t ino)
{
	uint64_t h = (ino ^ dev * UINT64_C(0xD6E8FEB86659FD93)) * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (size_t)(h >> 24);

	for (;; at++) {
		struct jet_hardlink *slot = &slots[at & (capacity - 1)];

		if (!slot->path.data || (slot->ino == ino && slot->dev == dev))
			return slot;
	}
}

static int grow(struct jet_hardlinks *t)
{
	const size_t capacity = t->capacity ? t->capacity * 2 : 64;
	struct jet_hardlink *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return -1;
	for (size_t i = 0; i < t->capacity; i++) {
		const struct jet_hardlink *old = &t->slots[i];

		if (old->path.data)
			*slot_of(slots, capacity, old->dev, old->ino) = *old;
	}
	free(t->slots);
	t->slots = slots;
	t->capacity = capacity;
	return 0;
}

const struct jet_hardlink *jet_hardlinks_find(struct jet_hardlinks *t, uint64_t dev, uint64_t ino,
                                              struct jet_str path, bool emptied)
{
	struct jet_hardlink *slot;

	if (t->n * 2 >= t->capacity && grow(t) < 0)
		return NULL;
	slot = slot_of(t->slots, t->capacity, dev, ino);
	if (!slot->path.data) {
		const char *copy = jet_arena_dup(&t->arena, path.data, path.len);

		if (!copy)
			return NULL;
		*slot = (struct jet_hardlink){ dev, ino, { copy, path.len }, emptied };
		t->n++;
	}
	return slot;
}

void jet_hardlinks_clear(struct jet_hardlinks *t)
{
	jet_arena_clear(&t->arena);
	free(t->slots);
	memset(t, 0, sizeof(*t));
}
