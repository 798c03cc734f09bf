/* SPDX-License-Identifier: Apache-2.0 */
/* hardlinks.h - remembers files with several names, by device and inode. */
#ifndef JET_CONTEXT_HARDLINKS_H
#define JET_CONTEXT_HARDLINKS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/** struct jet_hardlink - a file, and the first kept name of it. */
struct jet_hardlink {
	uint64_t dev, ino;
	struct jet_str path; /* data is NULL in a free place; NUL-ended */
	bool emptied;        /* that name ships with no content */
};

/** struct jet_hardlinks - a table; zero it first. */
struct jet_hardlinks {
	struct jet_arena arena; /* paths */
	struct jet_hardlink *slots;
	size_t n, capacity;
};

/**
 * jet_hardlinks_find() - has this file had a name before?
 * @path: remembered as its first name if not
 *
 * Return: the first name, which may be @path's own copy; NULL when out of memory.
 */
const struct jet_hardlink *jet_hardlinks_find(struct jet_hardlinks *t, uint64_t dev, uint64_t ino,
                                              struct jet_str path, bool emptied);

/** jet_hardlinks_clear() - frees the table. */
void jet_hardlinks_clear(struct jet_hardlinks *t);

#endif
