/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache.h - hashes of contents, kept from one run to the next; the inside of struct
 * jet_cache in jettison.h.
 *
 * cache_lmdb.c is the real thing; cache_absent.c takes its place in a build with nothing
 * but the C library.  What is the same for both stands in cache.c.
 */
#ifndef JET_CONTEXT_CACHE_H
#define JET_CONTEXT_CACHE_H

#include "jettison.h"

enum { JET_CACHE_KEY = 48, JET_CACHE_VALUE = 58 };

/** struct jet_cache_record - a file as it was, and what its content hashed to. */
struct jet_cache_record {
	uint8_t key[JET_CACHE_KEY];     /* device, inode, size, mtime, ctime */
	uint8_t value[JET_CACHE_VALUE]; /* kinds, version, hashes, sum over all of it */
};

/** jet_cache_key() - what identifies the content of an entry. */
void jet_cache_key(const struct jet_entry *entry, uint8_t key[JET_CACHE_KEY]);

/** jet_cache_pack() - fills in record->value; the key is there already. */
void jet_cache_pack(struct jet_cache_record *record, const struct jet_hashes *hashes);

/** jet_cache_unpack() - the hashes of a record; false when its sum is wrong. */
bool jet_cache_unpack(const struct jet_cache_record *record, struct jet_hashes *hashes);

/**
 * jet_cache_is_settled() - can nothing change any more without another ctime?
 * @entry: as it was listed
 * @now_sec, @now_nsec: the clock before its content was read
 *
 * A file that is written twice within one tick of the clock has one ctime, and what
 * was read between the two would be kept for what is there after them.  So a file has
 * to be older than a tick: 50 ms, which is more than any kernel's; 2 s where the
 * file system seems to keep whole seconds.
 */
bool jet_cache_is_settled(const struct jet_entry *entry, int64_t now_sec, uint32_t now_nsec);

/**
 * jet_cache_get() - what is known of an entry's content.
 * @kinds: all of these must be known
 * @hashes: filled on success
 *
 * Return: true; false: it has to be read.
 */
bool jet_cache_get(struct jet_cache *cache, const struct jet_entry *entry, unsigned kinds,
                   struct jet_hashes *hashes);

/** jet_cache_put() - remembers it, if not now then with the next ones.  A failure is
 *  kept for jet_cache_close(). */
void jet_cache_put(struct jet_cache *cache, const struct jet_entry *entry,
                   const struct jet_hashes *hashes);

#endif
