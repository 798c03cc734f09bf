/* SPDX-License-Identifier: Apache-2.0 */
/* Any POSIX.1-2008 system: readdir(3), fstatat(2). */
#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct jet_os_dir {
	DIR *stream; /* NULL between two directories */
};

struct jet_os_dir *jet_os_dir_create(void)
{
	return calloc(1, sizeof(struct jet_os_dir));
}

static void stop(struct jet_os_dir *dir)
{
	if (dir->stream)
		closedir(dir->stream);
	dir->stream = NULL;
}

void jet_os_dir_free(struct jet_os_dir *dir)
{
	if (!dir)
		return;
	stop(dir);
	free(dir);
}

/* closedir() closes the descriptor it was given, so it is given another one. */
int jet_os_dir_start(struct jet_os_dir *dir, int fd)
{
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	stop(dir);
	/* Without the permission to search, names can be read but "." not found. */
	if (own < 0 && errno == EACCES)
		own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (own < 0)
		return -errno;
	dir->stream = fdopendir(own);
	if (!dir->stream) {
		int rc = -errno;

		close(own);
		return rc;
	}
	return 0;
}

int jet_os_dir_next(struct jet_os_dir *dir, struct jet_os_name *name)
{
	for (;;) {
		const struct dirent *entry;

		errno = 0;
		entry = readdir(dir->stream);
		if (!entry) {
			int rc = -errno;

			stop(dir);
			return rc;
		}
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		name->text = entry->d_name;
		name->len = strlen(entry->d_name);
		name->type = JET_TYPE_UNKNOWN;
		return 1;
	}
}

static enum jet_type type_of_mode(mode_t mode)
{
	return S_ISREG(mode)    ? JET_TYPE_FILE
	       : S_ISDIR(mode)  ? JET_TYPE_DIR
	       : S_ISLNK(mode)  ? JET_TYPE_SYMLINK
	       : S_ISFIFO(mode) ? JET_TYPE_FIFO
	       : S_ISCHR(mode)  ? JET_TYPE_CHAR
	       : S_ISBLK(mode)  ? JET_TYPE_BLOCK
	       : S_ISSOCK(mode) ? JET_TYPE_SOCKET
	                        : JET_TYPE_UNKNOWN;
}

/* POSIX does not say what is in a dev_t: major above eight bits of minor is
 * the oldest and most common layout. */
static void convert(const struct stat *st, struct jet_os_stat *out)
{
	*out = (struct jet_os_stat){
		.type = type_of_mode(st->st_mode),
		.mode = (uint32_t)st->st_mode & 07777,
		.nlink = (uint32_t)st->st_nlink,
		.mtime_sec = st->st_mtim.tv_sec,
		.mtime_nsec = (uint32_t)st->st_mtim.tv_nsec,
		.ctime_sec = st->st_ctim.tv_sec,
		.ctime_nsec = (uint32_t)st->st_ctim.tv_nsec,
		.size = (uint64_t)st->st_size,
		.dev = (uint64_t)st->st_dev,
		.ino = (uint64_t)st->st_ino,
		.rdev_major = (uint32_t)(st->st_rdev >> 8),
		.rdev_minor = (uint32_t)(st->st_rdev & 0xFF),
	};
}

int jet_os_stat(int dir, const char *name, struct jet_os_stat *out)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	convert(&st, out);
	return 0;
}

int jet_os_fstat(int fd, struct jet_os_stat *out)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	convert(&st, out);
	return 0;
}

/* POSIX knows no extended attributes. */
int jet_os_xattr_names(int fd, struct jet_buf *names)
{
	(void)fd;
	(void)names;
	return -ENOSYS;
}

int jet_os_xattr_get(int fd, const char *name, struct jet_buf *value)
{
	(void)fd;
	(void)name;
	(void)value;
	return -ENOSYS;
}

int jet_os_xattr_set(int fd, const char *name, const void *value, size_t len)
{
	(void)fd;
	(void)name;
	(void)value;
	(void)len;
	return -ENOSYS;
}

void jet_os_widen_pipe(int fd)
{
	(void)fd;
}

/* ---- making things ------------------------------------------------------ */

int jet_os_make_node(int dir, const char *name, enum jet_type type, uint32_t major, uint32_t minor)
{
	const mode_t kind = type == JET_TYPE_FIFO ? S_IFIFO : type == JET_TYPE_CHAR ? S_IFCHR : S_IFBLK;

	/* The layout of convert(). */
	return mknodat(dir, name, kind | 0600, (dev_t)major << 8 | minor) == 0 ? 0 : -errno;
}

int jet_os_clone(int to, int from)
{
	(void)to;
	(void)from;
	return -ENOSYS;
}

bool jet_os_clones(int dir)
{
	(void)dir;
	return false;
}

int64_t jet_os_copy_range(int to, int from, uint64_t at, size_t len)
{
	(void)to;
	(void)from;
	(void)at;
	(void)len;
	return -ENOSYS;
}

int jet_os_exchange(const char *a, const char *b)
{
	(void)a;
	(void)b;
	return -ENOSYS;
}

int jet_os_temporary(const char *dir)
{
	return jet_os_temporary_posix(dir);
}

void jet_os_end_with_parent(int signal, pid_t parent)
{
	(void)signal;
	(void)parent;
}

uint64_t jet_os_seed(void)
{
	const int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	uint64_t seed;

	/* Where there is none: where things lie in memory is secret enough. */
	if (fd < 0 || read(fd, &seed, sizeof(seed)) != (ssize_t)sizeof(seed))
		seed = (uint64_t)(uintptr_t)&seed * 0x9E3779B97F4A7C15U;
	if (fd >= 0)
		close(fd);
	return seed;
}
