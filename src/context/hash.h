/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - reads the content of a walk's current file once, hashing on the way.
 *
 *   jet_hasher_create()
 *   jet_content_open(&c, walk, entry, hasher, err)      per regular file
 *   while (c.left)
 *           jet_content_read(&c, room, size, &got, err)
 *   jet_content_finish(&c, &hash, err)
 *
 * The reader asks for the bytes, so that they can go straight to where they
 * are written from.  jet_hash_entry() in jettison.h is the short way where only
 * the hash is wanted.
 */
#ifndef JET_CONTEXT_HASH_H
#define JET_CONTEXT_HASH_H

#include "jettison.h"

/* How much to read() at a time: fits the second-level cache, so that the hash
 * finds the bytes there. */
enum { JET_READ_BYTES = 256 * 1024 };

struct jet_hasher;

/** jet_hasher_create() - state for one file at a time; NULL = no memory. */
struct jet_hasher *jet_hasher_create(void);

/** jet_hasher_free() - accepts NULL. */
void jet_hasher_free(struct jet_hasher *hasher);

/** jet_hash_bytes() - the hash of bytes in memory. */
struct jet_hash jet_hash_bytes(const void *data, size_t len);

/** struct jet_content - a file being read.  Only left may be looked at. */
struct jet_content {
	const struct jet_entry *entry;
	struct jet_hasher *hasher;
	int fd;
	uint64_t left;        /* bytes still to be read */
	bool whole;           /* the first read got all of it: hash has its hash */
	struct jet_hash hash;
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
 * @hash: NULL, or set on success; needs a hasher and c->left == 0
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED when size or mtime are not those of the
 * listing any more, also when the file has grown.
 */
int jet_content_finish(struct jet_content *c, struct jet_hash *hash,
                       struct jet_error *err);

/** jet_content_abort() - closes the file without a verdict. */
void jet_content_abort(struct jet_content *c);

#endif
