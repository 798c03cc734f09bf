/* SPDX-License-Identifier: Apache-2.0 */
/* xattrs.h - the extended attributes of a file that a build keeps. */
#ifndef JET_CONTEXT_XATTRS_H
#define JET_CONTEXT_XATTRS_H

#include "base/buf.h"
#include "jettison.h"

/* More than this, of one file, is refused: Go's tar reader takes headers of up to
 * 1 MiB, and a path needs room in there too. */
enum { JET_XATTRS_MAX = 512 * 1024 };

struct jet_xattr {
	size_t name, value; /* offsets in bytes; the name is NUL-ended */
	size_t value_len;
};

/** struct jet_xattrs - sorted by name; zero it first, then use it again and again. */
struct jet_xattrs {
	struct jet_xattr *items;
	size_t n, capacity;
	struct jet_buf bytes, names;
};

/**
 * jet_xattrs_read() - those of an open file or directory that a build keeps: user.*
 * and security.capability.
 * @path: for messages
 *
 * A file system that knows none has none.
 *
 * Return: 0; JET_E_IO, also when they are larger than JET_XATTRS_MAX; JET_E_NOMEM.
 */
int jet_xattrs_read(struct jet_xattrs *x, int fd, const char *path, struct jet_error *err);

/** jet_xattr_is_kept() - does a build keep one of that name? */
bool jet_xattr_is_kept(const char *name);

/** jet_xattrs_add() - one that was read elsewhere.  0, -ENOMEM, or -E2BIG: together they
 *  are larger than JET_XATTRS_MAX. */
int jet_xattrs_add(struct jet_xattrs *x, const char *name, const void *value, size_t len);

/** jet_xattrs_sort() - when all were added. */
void jet_xattrs_sort(struct jet_xattrs *x);

/**
 * jet_xattrs_write() - gives them to an open file or directory.
 * @path: for messages
 *
 * Return: 0, or JET_E_IO.
 */
int jet_xattrs_write(const struct jet_xattrs *x, int fd, const char *path, struct jet_error *err);

/** jet_xattrs_clear() - frees the memory. */
void jet_xattrs_clear(struct jet_xattrs *x);

#endif
