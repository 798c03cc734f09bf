/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inventory.h - what ships, as records in memory: from a manifest, an archive or a walk.
 *
 *   jet_inventory_add() ...      in any order
 *   jet_inventory_sort()         then they are in the order of a walk
 *   jet_compare_*()              two of them: compare.h
 *   jet_inventory_clear()
 */
#ifndef JET_INVENTORY_INVENTORY_H
#define JET_INVENTORY_INVENTORY_H

#include "base/arena.h"
#include "jettison.h"

/* What is known of an item, besides its path and its type. */
enum jet_item_known {
	JET_ITEM_MODE = 1 << 0,
	JET_ITEM_SIZE = 1 << 1,   /* regular files */
	JET_ITEM_MTIME = 1 << 2,
	JET_ITEM_NSEC = 1 << 3,   /* the fraction of it, too */
	JET_ITEM_DEVICE = 1 << 4, /* devices */
	JET_ITEM_TARGET = 1 << 5, /* symbolic links */
	JET_ITEM_LINK = 1 << 6,   /* whether it is a later name of another */
	JET_ITEM_IMPLIED = 1 << 7 /* a directory that only what is in it tells of */
};

/** struct jet_item - an entry.  What it points to belongs to its inventory. */
struct jet_item {
	const char *path;      /* plain; not NUL-ended */
	uint32_t path_len;
	uint32_t line;         /* of the manifest; 0: none */
	uint8_t type;          /* enum jet_type */
	uint8_t known;         /* enum jet_item_known */
	uint16_t mode;
	uint32_t mtime_nsec;
	int64_t mtime_sec;
	uint64_t size;
	uint32_t major, minor;
	const char *target;    /* NULL unless JET_ITEM_TARGET */
	const char *hardlink;  /* first name; NULL: this is it, or not known */
	uint32_t target_len, hardlink_len;
	const uint8_t *xxh128; /* NULL: not known */
	const uint8_t *sha256; /* NULL: not known */
};

struct jet_inventory {
	struct jet_arena arena;
	struct jet_item *items;
	size_t n, capacity;
	const char *name;   /* of where it comes from, for messages; borrowed */
	unsigned types;     /* 1 << enum jet_type: what it could list */
	unsigned kinds;     /* enum jet_hash_kind: hashes that any item has */
};

/** What an inventory's types are where it could list everything. */
#define JET_INVENTORY_ALL (~0U)

/** jet_inventory_clear() - frees it; zeroed is empty, too. */
void jet_inventory_clear(struct jet_inventory *inv);

/** jet_inventory_add() - adds a copy of @item and of all that it points to.
 *  0 or JET_E_NOMEM. */
int jet_inventory_add(struct jet_inventory *inv, const struct jet_item *item);

/** jet_inventory_entry() - adds an entry of a walk.  @hashes: NULL or its content's. */
int jet_inventory_entry(struct jet_inventory *inv, const struct jet_entry *entry,
                        const struct jet_hashes *hashes);

/**
 * jet_inventory_sort() - puts the items in the order of a walk.
 *
 * Return: 0; JET_E_FORMAT when a path is there twice.
 */
int jet_inventory_sort(struct jet_inventory *inv, struct jet_error *err);

/**
 * jet_inventory_sort_archive() - the same for what came from an archive.
 *
 * Items were added in the order of the archive, their line being their number in it.
 * Of a path that is there twice the last one counts, as when it is unpacked; a hard
 * link is one of what was there when it came.  The first name in the order of a walk is
 * the one that the others are links of, whatever the archive said.  Directories that
 * are only implied by what is in them are added.
 *
 * Return: 0 or JET_E_NOMEM.
 */
int jet_inventory_sort_archive(struct jet_inventory *inv);

/** jet_inventory_find() - an item of a sorted inventory, or NULL. */
struct jet_item *jet_inventory_find(const struct jet_inventory *inv, const char *path, size_t len);

#endif
