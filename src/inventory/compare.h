/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compare.h - two inventories, difference by difference, in the order of a walk.
 *
 *   struct jet_comparison c = { .a = &before, .b = &after };
 *   while (jet_compare_next(&c, &difference))
 *           ...
 */
#ifndef JET_INVENTORY_COMPARE_H
#define JET_INVENTORY_COMPARE_H

#include "inventory/inventory.h"

/* What is not the same about an entry that is in both. */
enum jet_change {
	JET_CHANGE_TYPE = 1 << 0, /* then nothing else is compared */
	JET_CHANGE_MODE = 1 << 1,
	JET_CHANGE_SIZE = 1 << 2,
	JET_CHANGE_CONTENT = 1 << 3,
	JET_CHANGE_TARGET = 1 << 4,
	JET_CHANGE_DEVICE = 1 << 5,
	JET_CHANGE_LINK = 1 << 6, /* of what it is another name */
	JET_CHANGE_MTIME = 1 << 7
};

enum jet_compare_flag {
	JET_COMPARE_MTIME = 1 << 0,    /* times count, as far as both sides know them */
	JET_COMPARE_NORMALIZE = 1 << 1, /* of modes only the owner's x bit of files counts */
	JET_COMPARE_SIZE_ONLY = 1 << 2  /* contents are the same if their sizes are */
};

/** struct jet_difference - one path.  Borrowed from the inventories. */
struct jet_difference {
	const struct jet_item *a; /* NULL: added */
	const struct jet_item *b; /* NULL: missing */
	unsigned changes;         /* enum jet_change, if it is in both; not 0 */
};

/** struct jet_comparison - a, b and flags are filled in by the caller. */
struct jet_comparison {
	const struct jet_inventory *a, *b; /* sorted */
	unsigned flags;    /* enum jet_compare_flag */
	uint64_t blind;    /* files of the same size that have no hash in common */
	const struct jet_item *first_blind; /* of a; NULL: there is none */
	uint64_t same, other; /* contents that were compared by XXH128 */
	size_t i, j;       /* items gone through */
};

/**
 * jet_compare_next() - the next difference.
 *
 * Only what both sides know is compared, and an entry that one side could not have
 * listed (a directory in a list of sha256sum) is no difference.
 *
 * Return: true; false at the end.
 */
bool jet_compare_next(struct jet_comparison *c, struct jet_difference *difference);

/** jet_change_name() - "mode", "content" ... of one enum jet_change.  Static. */
const char *jet_change_name(unsigned change);

#endif
