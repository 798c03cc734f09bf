/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - where a context is: on disk, or in an archive.
 *
 * The functions are those of base/os.h with the archive before their arguments; NULL is
 * the disk.  What they call a descriptor is a number in an archive: it is passed on,
 * compared with 0 and closed here, and nothing else.  Whoever uses them need not know
 * the difference.
 */
#ifndef JET_CONTEXT_STORE_H
#define JET_CONTEXT_STORE_H

#include "base/file.h"
#include "context/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/** jet_store_open_root() - a directory by any path; in an archive "." is all of it. */
static inline int jet_store_open_root(const struct jet_archive *a, const char *path)
{
	return a ? jet_archive_open_root(a, path) : jet_os_open_root(path);
}

/** jet_store_open_dir() - as jet_os_open_dir(). */
static inline int jet_store_open_dir(const struct jet_archive *a, int dir, const char *name)
{
	return a ? jet_archive_open_dir(a, dir, name) : jet_os_open_dir(dir, name);
}

/** jet_store_close() - what was opened here. */
static inline void jet_store_close(const struct jet_archive *a, int fd)
{
	if (!a)
		close(fd);
}

/** jet_store_stat() - as jet_os_stat(). */
static inline int jet_store_stat(const struct jet_archive *a, int dir, const char *name,
                                 struct jet_os_stat *st)
{
	return a ? jet_archive_stat(a, dir, name, st) : jet_os_stat(dir, name, st);
}

/** jet_store_fstat() - of an open directory. */
static inline int jet_store_fstat(const struct jet_archive *a, int fd, struct jet_os_stat *st)
{
	if (!a)
		return jet_os_fstat(fd, st);
	jet_archive_fstat(a, fd, st);
	return 0;
}

/** jet_store_read_link() - as jet_os_read_link(). */
static inline int jet_store_read_link(const struct jet_archive *a, int dir, const char *name,
                                      struct jet_buf *target)
{
	return a ? jet_archive_read_link(a, dir, name, target) : jet_os_read_link(dir, name, target);
}

/** jet_store_reads_all() - can all that is there be read, whatever its mode? */
static inline bool jet_store_reads_all(const struct jet_archive *a)
{
	return a || jet_os_reads_all();
}

/** jet_store_can_read() - as jet_os_can_read(). */
static inline int jet_store_can_read(const struct jet_archive *a, int dir, const char *name)
{
	return a ? 0 : jet_os_can_read(dir, name);
}

/** jet_store_can_search() - as jet_os_can_search(). */
static inline int jet_store_can_search(const struct jet_archive *a, int dir)
{
	return a ? 0 : jet_os_can_search(dir);
}

/* ---- directories -------------------------------------------------------- */

/** struct jet_store_dir - reads one directory at a time.  Zero it first. */
struct jet_store_dir {
	struct jet_os_dir *os; /* NULL before the first one on disk */
	uint32_t at;           /* in an archive */
};

/** jet_store_dir_start() - as jet_os_dir_start(); -ENOMEM too. */
static inline int jet_store_dir_start(const struct jet_archive *a, struct jet_store_dir *dir,
                                      int fd)
{
	if (a) {
		dir->at = jet_archive_first(a, fd);
		return 0;
	}
	if (!dir->os)
		dir->os = jet_os_dir_create();
	return dir->os ? jet_os_dir_start(dir->os, fd) : -ENOMEM;
}

/** jet_store_dir_next() - as jet_os_dir_next(). */
static inline int jet_store_dir_next(const struct jet_archive *a, struct jet_store_dir *dir,
                                     struct jet_os_name *name)
{
	return a ? jet_archive_next(a, &dir->at, name) : jet_os_dir_next(dir->os, name);
}

/** jet_store_dir_clear() - frees what it holds. */
static inline void jet_store_dir_clear(struct jet_store_dir *dir)
{
	jet_os_dir_free(dir->os);
}

/* ---- whole paths -------------------------------------------------------- */

/** jet_store_realpath() - as realpath(path, NULL). */
static inline char *jet_store_realpath(const struct jet_archive *a, const char *path)
{
	return a ? jet_archive_realpath(a, path) : realpath(path, NULL);
}

/** jet_store_load() - as jet_file_load(). */
static inline int jet_store_load(const struct jet_archive *a, const char *path, const char *what,
                                 size_t max, struct jet_buf *data, struct jet_error *err)
{
	return a ? jet_archive_load(a, path, what, max, data, err)
	         : jet_file_load(path, JET_FILE_FOUND, what, max, data, err);
}

#endif
