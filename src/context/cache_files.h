/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_files.h - the files of a cache, whatever is in them.
 *
 *   DIR/guard             empty; locked by who opens or takes away what is beside it
 *   DIR/hashes/data.mdb   LMDB's, and lock.mdb
 *   DIR/old.PID           the same on its way out
 *
 * All of these return an errno, or 0.
 */
#ifndef JET_CONTEXT_CACHE_FILES_H
#define JET_CONTEXT_CACHE_FILES_H

#include <stddef.h>

/** jet_cache_make_dir() - @dir, and those that it lies in. */
int jet_cache_make_dir(const char *dir);

/** jet_cache_guard() - waits for the lock.  @type: F_RDLCK or F_WRLCK.  Return: a
 *  descriptor, to be closed, or a negative errno. */
int jet_cache_guard(const char *dir, short type);

/** jet_cache_is_guarded() - is @dir that of a cache?  Each has a guard, and that is empty.
 *  ENOENT: it is none. */
int jet_cache_is_guarded(const char *dir);

/**
 * jet_cache_take_away() - removes the database @hashes of @dir.
 *
 * With the guard held alone.  Who has the files open goes on with them, and nobody else
 * will see them.  What is not LMDB's stays where it was.
 */
int jet_cache_take_away(const char *dir, const char *hashes);

/** jet_cache_copy() - the database in @hashes, copied to a file without a name in TMPDIR.
 *  EFBIG: it has more than @most bytes.  Return: its descriptor, or a negative errno. */
int jet_cache_copy(const char *hashes, size_t most);

#endif
