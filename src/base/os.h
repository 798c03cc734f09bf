/* SPDX-License-Identifier: Apache-2.0 */
/*
 * os.h - the few things asked of the operating system.
 *
 * Everything below a root is reached through descriptors of directories, one
 * component at a time, and never through a symbolic link.  os.c is plain POSIX;
 * what a system does better stands in os_linux.c, and os_posix.c is the same
 * for any other.  Functions return 0 (or a descriptor) or a negative errno.
 */
#ifndef JET_BASE_OS_H
#define JET_BASE_OS_H

#include "base/buf.h"
#include "jettison.h"

/** struct jet_os_stat - what lstat() says, as the library needs it. */
struct jet_os_stat {
	enum jet_type type;
	uint32_t mode; /* 07777 */
	uint32_t nlink;
	uint32_t mtime_nsec;
	int64_t mtime_sec;
	uint64_t size, dev, ino;
	uint32_t rdev_major, rdev_minor;
};

/** struct jet_os_name - one name in a directory; borrowed until the next. */
struct jet_os_name {
	const char *text; /* NUL-ended */
	size_t len;
	enum jet_type type; /* JET_TYPE_UNKNOWN: ask jet_os_stat() */
};

struct jet_os_dir;

/** jet_os_dir_create() - room for reading one directory at a time; NULL = no memory. */
struct jet_os_dir *jet_os_dir_create(void);

/** jet_os_dir_free() - accepts NULL. */
void jet_os_dir_free(struct jet_os_dir *dir);

/**
 * jet_os_dir_start() - begins reading the names of a directory.
 * @fd: open directory at its beginning; stays open and belongs to the caller
 */
int jet_os_dir_start(struct jet_os_dir *dir, int fd);

/** jet_os_dir_next() - the next name but "." and "..", in no order.
 *  Return: 1, 0 at the end, or a negative errno; then no more may be asked. */
int jet_os_dir_next(struct jet_os_dir *dir, struct jet_os_name *name);

/** jet_os_stat() - of @name in directory @dir, not through a link. */
int jet_os_stat(int dir, const char *name, struct jet_os_stat *st);

/** jet_os_fstat() - of an open file. */
int jet_os_fstat(int fd, struct jet_os_stat *st);

/** jet_os_open_root() - a directory by any path.  Links are followed. */
int jet_os_open_root(const char *path);

/** jet_os_open_dir() - a directory below @dir, not through a link: -ENOTDIR or
 *  -ELOOP when it is one.  @name is a single component. */
int jet_os_open_dir(int dir, const char *name);

/** jet_os_open_file() - a file for reading; never a link, never waits for the
 *  other end of a FIFO.  What it is has to be asked with jet_os_fstat(). */
int jet_os_open_file(int dir, const char *name);

/** jet_os_can_read() - 0 or why not, for the effective user. */
int jet_os_can_read(int dir, const char *name);

/** jet_os_can_search() - 0 or why names in the open directory cannot be reached. */
int jet_os_can_search(int dir);

/** jet_os_reads_all() - is the user exempt from permissions? */
bool jet_os_reads_all(void);

/** jet_os_read_link() - appends the target of a link.  -ENOMEM too. */
int jet_os_read_link(int dir, const char *name, struct jet_buf *target);

/** jet_os_seed() - a number that nobody can guess, for hashes of what is not trusted. */
uint64_t jet_os_seed(void);

#endif
