/* SPDX-License-Identifier: Apache-2.0 */
#include "context/memo.h"

#include "context/hash.h"

#include <stdlib.h>
#include <string.h>

static struct jet_memo_slot *slot_of(struct jet_memo_slot *slots, size_t capacity, const uint8_t *key)
{
	size_t at = (size_t)jet_hash_sum(key, JET_CACHE_KEY);

	for (;; at++) {
		struct jet_memo_slot *slot = &slots[at & (capacity - 1)];

		if (!slot->hashes.kinds || memcmp(slot->key, key, JET_CACHE_KEY) == 0)
			return slot;
	}
}

static int grow(struct jet_memo *memo)
{
	const size_t capacity = memo->capacity ? memo->capacity * 2 : 64;
	struct jet_memo_slot *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return -1;
	for (size_t i = 0; i < memo->capacity; i++) {
		if (memo->slots[i].hashes.kinds)
			*slot_of(slots, capacity, memo->slots[i].key) = memo->slots[i];
	}
	free(memo->slots);
	memo->slots = slots;
	memo->capacity = capacity;
	return 0;
}

bool jet_memo_get(const struct jet_memo *memo, const struct jet_entry *entry,
                  struct jet_hashes *hashes)
{
	uint8_t key[JET_CACHE_KEY];
	const struct jet_memo_slot *slot;

	if (entry->nlink < 2 || !memo->n)
		return false;
	jet_cache_key(entry, key);
	slot = slot_of(memo->slots, memo->capacity, key);
	*hashes = slot->hashes;
	return slot->hashes.kinds != 0;
}

int jet_memo_put(struct jet_memo *memo, const struct jet_entry *entry,
                 const struct jet_hashes *hashes)
{
	uint8_t key[JET_CACHE_KEY];
	struct jet_memo_slot *slot;

	if (entry->nlink < 2)
		return 0;
	if (memo->n * 2 >= memo->capacity && grow(memo) < 0)
		return -1;
	jet_cache_key(entry, key);
	slot = slot_of(memo->slots, memo->capacity, key);
	memo->n += !slot->hashes.kinds;
	memcpy(slot->key, key, JET_CACHE_KEY);
	slot->hashes = *hashes;
	return 0;
}

void jet_memo_clear(struct jet_memo *memo)
{
	free(memo->slots);
	memset(memo, 0, sizeof(*memo));
}
