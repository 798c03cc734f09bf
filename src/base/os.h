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

#include <sys/types.h>

/** struct jet_os_stat - what lstat() says, as the library needs it. */
struct jet_os_stat {
	enum jet_type type;
	uint32_t mode; /* 07777 */
	uint32_t nlink;
	uint32_t mtime_nsec, ctime_nsec;
	int64_t mtime_sec, ctime_sec;
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

/** jet_os_cpus() - how many processors are there to be used; at least 1. */
unsigned jet_os_cpus(void);

/** jet_os_end_with_parent() - in a new process: @signal comes when @parent ends, or has
 *  ended already.  Only where the system can do that. */
void jet_os_end_with_parent(int signal, pid_t parent);

/** jet_os_reads_all() - is the user exempt from permissions? */
bool jet_os_reads_all(void);

/** jet_os_read_link() - appends the target of a link.  -ENOMEM too. */
int jet_os_read_link(int dir, const char *name, struct jet_buf *target);

/** jet_os_xattr_names() - appends the names of an open file's extended attributes,
 *  each with a NUL behind it.  None where there cannot be any.  0 or a negative
 *  errno. */
int jet_os_xattr_names(int fd, struct jet_buf *names);

/** jet_os_xattr_get() - appends one value.  0; -ENODATA: there is none; or another
 *  negative errno. */
int jet_os_xattr_get(int fd, const char *name, struct jet_buf *value);

/** jet_os_xattr_set() - gives an open file one.  0 or a negative errno. */
int jet_os_xattr_set(int fd, const char *name, const void *value, size_t len);

/** jet_os_widen_pipe() - lets more bytes wait in a pipe, where the system can: whoever
 *  writes and whoever reads then stop less often.  Nothing happens to anything else. */
void jet_os_widen_pipe(int fd);

/** jet_os_make_node() - a FIFO or a device, mode 0600.  0 or a negative errno. */
int jet_os_make_node(int dir, const char *name, enum jet_type type, uint32_t major, uint32_t minor);

/** jet_os_clones() - can files in the directory share blocks? */
bool jet_os_clones(int dir);

/** jet_os_clone() - the new file @to shares all blocks of @from.  0 or a negative
 *  errno, @to then being as it was. */
int jet_os_clone(int to, int from);

/** jet_os_copy_range() - copies up to @len bytes between two open files, from @at in one
 *  to where the other is.  How many, 0 at the end, or a negative errno. */
int64_t jet_os_copy_range(int to, int from, uint64_t at, size_t len);

/** jet_os_exchange() - two names of the same file system, at once.  0 or a negative
 *  errno: -ENOSYS or -EINVAL where that does not exist. */
int jet_os_exchange(const char *a, const char *b);

/** jet_os_temporary() - a new file that only its descriptor leads to, for reading and
 *  writing.  @dir: a directory by any path. */
int jet_os_temporary(const char *dir);

/** jet_os_temporary_posix() - the same where nothing better is known. */
int jet_os_temporary_posix(const char *dir);

/** jet_os_seed() - a number that nobody can guess, for hashes of what is not trusted. */
uint64_t jet_os_seed(void);

#endif
