/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - reads the content of a walk's current file once, hashing on the way.
 *
 *   jet_hasher_open(kinds, &hasher, err)
 *   jet_content_open(&c, walk, entry, hasher, err)      per regular file
 *   while (c.left)
 *           jet_content_read(&c, room, size, &got, err)
 *   jet_content_finish(&c, &hashes, err)
 *
 * The reader asks for the bytes, so that they can go straight to where they
 * are written from.  jet_hash_entry() in jettison.h is the short way where only
 * the hashes are wanted.
 */
#ifndef JET_CONTEXT_HASH_H
#define JET_CONTEXT_HASH_H

#include "jettison.h"

#include <time.h>

/* How much to read() at a time: fits the second-level cache, so that the hash
 * finds the bytes there. */
enum { JET_READ_BYTES = 256 * 1024 };

/*
 * Bytes from anywhere: jet_hasher_start(), jet_hasher_update() ...,
 * jet_hasher_finish().  One such run, or one content, at a time.
 */

/** jet_hasher_start() - begins a run. */
void jet_hasher_start(struct jet_hasher *hasher);

/** jet_hasher_update() - more bytes of the run. */
void jet_hasher_update(struct jet_hasher *hasher, const void *data, size_t len);

/**
 * jet_hasher_finish() - the hashes of all bytes since jet_hasher_start().
 *
 * Return: 0, or JET_E_NOMEM when libcrypto failed anywhere on the way.
 */
int jet_hasher_finish(struct jet_hasher *hasher, struct jet_hashes *hashes,
                      struct jet_error *err);

/** jet_hasher_bytes() - the same for bytes that are all in memory. */
int jet_hasher_bytes(struct jet_hasher *hasher, const void *data, size_t len,
                     struct jet_hashes *hashes, struct jet_error *err);

/** jet_hash_sum() - a check sum of a few bytes: XXH3-64. */
uint64_t jet_hash_sum(const void *data, size_t len);

/**
 * jet_hasher_recall() - the hashes of a file with several names that was read before.
 * @entry: STATED, with another name of it; not an emptied one
 *
 * Return: true; false: it was not read with this hasher, or has one name only.
 */
bool jet_hasher_recall(const struct jet_hasher *hasher, const struct jet_entry *entry,
                       struct jet_hashes *hashes);

/** struct jet_content - a file being read.  Who reads in another way moves at and left. */
struct jet_content {
	const struct jet_entry *entry;
	struct jet_walk *walk;
	struct jet_hasher *hasher;
	int fd;
	uint64_t at;          /* where in it the next byte is */
	uint64_t left;        /* bytes still to be read */
	bool archived;        /* it is in an archive, among others: nobody changes it */
	struct timespec opened; /* when, with a cache */
};

/**
 * jet_content_open() - opens the content of the walk's current file.
 * @c: filled; on success jet_content_finish() or jet_content_abort() it
 * @entry: a regular file with JET_ENTRY_STATED; an emptied one is never opened
 * @hasher: not used for another file until this one is done; NULL: no hash
 *
 * Return: 0; JET_E_ARG; JET_E_IO; JET_E_CHANGED.
 */
int jet_content_open(struct jet_content *c, struct jet_walk *walk,
                     const struct jet_entry *entry, struct jet_hasher *hasher,
                     struct jet_error *err);

/**
 * jet_content_read() - the next bytes.
 * @buf, @size: room for them, @size > 0; no more than c->left are read
 * @got: set to how many came: the smaller of @size and c->left
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED when the file ends too early.
 */
int jet_content_read(struct jet_content *c, void *buf, size_t size, size_t *got,
                     struct jet_error *err);

/**
 * jet_content_finish() - closes the file and says whether it held still.
 * @hashes: NULL, or set on success; needs a hasher and c->left == 0
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED when size or mtime are not those of the
 * listing any more, also when the file has grown.
 */
int jet_content_finish(struct jet_content *c, struct jet_hashes *hashes,
                       struct jet_error *err);

/** jet_content_abort() - closes the file without a verdict. */
void jet_content_abort(struct jet_content *c);

#endif
