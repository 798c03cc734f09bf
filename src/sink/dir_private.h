/* SPDX-License-Identifier: Apache-2.0 */
/* dir_private.h - between dir.c, which makes the tree, and dir_file.c, which fills in
 * its files. */
#ifndef JET_SINK_DIR_PRIVATE_H
#define JET_SINK_DIR_PRIVATE_H

#include "base/buf.h"
#include "context/hash.h"
#include "context/xattrs.h"
#include "sink/dir.h"

#include <time.h>

/* A directory that things are still put into; its mode and time come last. */
struct jet_dir_level {
	size_t path_len;
	uint64_t dev, ino;
	uint32_t mode;
	struct timespec mtime;
};

struct jet_dir {
	struct jet_dir_options options;
	int root;                    /* borrowed */
	int fd;                      /* of the innermost level; -1: none any more */
	struct jet_buf path;         /* of the entry at hand, NUL-ended; levels are prefixes */
	struct jet_dir_level *levels; /* [0] is the root */
	size_t nlevels, capacity;
	struct jet_hasher *own;      /* hashes texts, and contents where nobody else does */
	struct jet_hasher *hasher;   /* of contents: the caller's or this one */
	struct jet_xattrs xattrs;
	char *block;                 /* JET_READ_BYTES */
	bool clones;                 /* this file system lets files share blocks */
};

/** jet_dir_stopped() - JET_E_WRITE when the caller wants no more, else 0. */
int jet_dir_stopped(const struct jet_dir *d);

/** jet_dir_fail() - a failure to write, about the path at hand. */
int jet_dir_fail(const struct jet_dir *d, int sys_errno, const char *what, struct jet_error *err);

/** jet_dir_time() - the mtime of an entry that has no content to make one of. */
struct timespec jet_dir_time(const struct jet_dir *d, const struct jet_entry *entry);

/** jet_dir_time_of() - the mtime that is made of some bytes.  0, or a failure in @err. */
int jet_dir_time_of(struct jet_dir *d, const void *data, size_t len, struct timespec *mtime,
                    struct jet_error *err);

/**
 * jet_dir_put_text() - makes a file of bytes in memory.
 * @name: in d->fd
 */
int jet_dir_put_text(struct jet_dir *d, const char *name, const void *data, size_t len,
                     struct jet_error *err);

/** jet_dir_put_file() - makes the walk's current entry, a regular file that is no second
 *  name.  @hashes: NULL, or wanted. */
int jet_dir_put_file(struct jet_dir *d, const char *name, struct jet_walk *walk,
                     const struct jet_entry *entry, struct jet_hashes *hashes,
                     struct jet_error *err);

#endif
