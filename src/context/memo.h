/* SPDX-License-Identifier: Apache-2.0 */
/* memo.h - hashes of files with several names, for as long as a hasher lives. */
#ifndef JET_CONTEXT_MEMO_H
#define JET_CONTEXT_MEMO_H

#include "context/cache.h"

/** struct jet_memo_slot - a file; hashes.kinds is 0 in a free place. */
struct jet_memo_slot {
	uint8_t key[JET_CACHE_KEY];
	struct jet_hashes hashes;
};

/** struct jet_memo - a table; zero it first. */
struct jet_memo {
	struct jet_memo_slot *slots;
	size_t n, capacity;
};

/** jet_memo_get() - what is known of an entry; false: nothing. */
bool jet_memo_get(const struct jet_memo *memo, const struct jet_entry *entry,
                  struct jet_hashes *hashes);

/** jet_memo_put() - remembers it, if it has other names.  0, or -1 when out of memory. */
int jet_memo_put(struct jet_memo *memo, const struct jet_entry *entry,
                 const struct jet_hashes *hashes);

/** jet_memo_clear() - frees the table. */
void jet_memo_clear(struct jet_memo *memo);

#endif
