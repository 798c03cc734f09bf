/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.h - an archive as a directory tree: what store.h asks where there is no disk.
 *
 * Directories are numbers, 0 is the root; nothing has to be closed.  Everything was
 * read when the archive was opened and does not change, so an archive may be shared by
 * threads.  Functions return 0, or what their comment says, or a negative errno, the
 * same as those of base/os.h that they stand for.
 */
#ifndef JET_CONTEXT_ARCHIVE_H
#define JET_CONTEXT_ARCHIVE_H

#include "base/os.h"
#include "context/xattrs.h"

/** jet_archive_stat() - of @name in directory @dir. */
int jet_archive_stat(const struct jet_archive *a, int dir, const char *name,
                     struct jet_os_stat *st);

/** jet_archive_fstat() - of a directory. */
void jet_archive_fstat(const struct jet_archive *a, int dir, struct jet_os_stat *st);

/** jet_archive_open_dir() - the number of a directory in @dir; @name may be "." or "..". */
int jet_archive_open_dir(const struct jet_archive *a, int dir, const char *name);

/** jet_archive_read_link() - appends the target of a link. */
int jet_archive_read_link(const struct jet_archive *a, int dir, const char *name,
                          struct jet_buf *target);

/** jet_archive_first() - for jet_archive_next(): the beginning of a directory. */
uint32_t jet_archive_first(const struct jet_archive *a, int dir);

/** jet_archive_next() - the next name, in no order.  @at: from jet_archive_first().
 *  Return: 1, or 0 at the end. */
int jet_archive_next(const struct jet_archive *a, uint32_t *at, struct jet_os_name *name);

/**
 * jet_archive_look() - what is at a path of any form?
 * @path: relative to the root or absolute, which is the same
 * @follow: a link in the last place, too; those before it always are.  They do not lead
 *          out of the archive
 */
int jet_archive_look(const struct jet_archive *a, const char *path, bool follow,
                     struct jet_os_stat *st);

/** jet_archive_open_root() - the directory at a path of any form. */
int jet_archive_open_root(const struct jet_archive *a, const char *path);

/** jet_archive_realpath() - as realpath(): absolute, the root of the archive being "/";
 *  malloced.  NULL and errno. */
char *jet_archive_realpath(const struct jet_archive *a, const char *path);

/**
 * jet_archive_content() - where the content of a regular file is.
 * @fd: set to a descriptor that the caller closes; its position means nothing
 * @offset: set to where in it the content begins
 */
int jet_archive_content(const struct jet_archive *a, int dir, const char *name, int *fd,
                        uint64_t *offset);

/** jet_archive_xattrs() - those of a file or directory; @ino as jet_archive_stat() has it.
 *  Return: 0 or -ENOMEM. */
int jet_archive_xattrs(const struct jet_archive *a, uint64_t ino, struct jet_xattrs *x);

/** jet_archive_load() - the content of a file at a path of any form; as jet_file_load(). */
int jet_archive_load(const struct jet_archive *a, const char *path, const char *what, size_t max,
                     struct jet_buf *data, struct jet_error *err);

#endif
