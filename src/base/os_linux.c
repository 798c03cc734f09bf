/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: getdents64(2) and statx(2) as the kernel defines them, because not
 * every C library has them (musl of Debian 12 has no statx()). */
#define _GNU_SOURCE
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Bigger buffers were measured and bring nothing. */
enum { DIR_BYTES = 32 * 1024 };

/* struct linux_dirent64: the name begins behind the type, NUL-ended. */
enum { RECLEN_AT = 16, TYPE_AT = 18, NAME_AT = 19 };

struct jet_os_dir {
	int fd;
	size_t at, len; /* in data */
	_Alignas(8) char data[DIR_BYTES];
};

/* struct statx of linux/stat.h, as far as it is used. */
struct stamp {
	int64_t sec;
	uint32_t nsec;
	int32_t reserved;
};

struct kernel_statx {
	uint32_t mask, blksize;
	uint64_t attributes;
	uint32_t nlink, uid, gid;
	uint16_t mode, spare0;
	uint64_t ino, size, blocks, attributes_mask;
	struct stamp atime, btime, ctime, mtime;
	uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
	uint64_t spare[14];
};

_Static_assert(sizeof(struct kernel_statx) == 256, "struct statx is 256 bytes");

/* STATX_TYPE, MODE, NLINK, MTIME, CTIME, INO, SIZE; AT_NO_AUTOMOUNT. */
enum { WANTED = 0x1 | 0x2 | 0x4 | 0x40 | 0x80 | 0x100 | 0x200, NO_AUTOMOUNT = 0x800,
       EMPTY_PATH = 0x1000 };

struct jet_os_dir *jet_os_dir_create(void)
{
	return malloc(sizeof(struct jet_os_dir));
}

void jet_os_dir_free(struct jet_os_dir *dir)
{
	free(dir);
}

int jet_os_dir_start(struct jet_os_dir *dir, int fd)
{
	dir->fd = fd;
	dir->at = dir->len = 0;
	return 0;
}

static enum jet_type type_of_dirent(unsigned char type)
{
	static const unsigned char types[16] = {
		[0] = JET_TYPE_UNKNOWN, [1] = JET_TYPE_FIFO,    [2] = JET_TYPE_CHAR,
		[3] = JET_TYPE_UNKNOWN, [4] = JET_TYPE_DIR,     [5] = JET_TYPE_UNKNOWN,
		[6] = JET_TYPE_BLOCK,   [7] = JET_TYPE_UNKNOWN, [8] = JET_TYPE_FILE,
		[9] = JET_TYPE_UNKNOWN, [10] = JET_TYPE_SYMLINK, [11] = JET_TYPE_UNKNOWN,
		[12] = JET_TYPE_SOCKET, [13] = JET_TYPE_UNKNOWN, [14] = JET_TYPE_UNKNOWN,
		[15] = JET_TYPE_UNKNOWN,
	};

	return (enum jet_type)types[type & 15];
}

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

int jet_os_dir_next(struct jet_os_dir *dir, struct jet_os_name *name)
{
	for (;;) {
		const char *record = dir->data + dir->at;
		uint16_t reclen;

		if (dir->at == dir->len) {
			long n = syscall(SYS_getdents64, dir->fd, dir->data, sizeof(dir->data));

			if (n <= 0)
				return n < 0 ? -errno : 0;
			dir->len = (size_t)n;
			dir->at = 0;
			continue;
		}
		memcpy(&reclen, record + RECLEN_AT, sizeof(reclen));
		dir->at += reclen;
		if (is_dots(record + NAME_AT))
			continue;
		name->text = record + NAME_AT;
		name->len = strlen(name->text);
		name->type = type_of_dirent((unsigned char)record[TYPE_AT]);
		return 1;
	}
}

static enum jet_type type_of_mode(uint32_t mode)
{
	/* The kernel's directory types are the top four bits of a mode. */
	return type_of_dirent((unsigned char)(mode >> 12 & 15));
}

/* Old kernels, and sandboxes that do not know statx(). */
static int stat_old(int dir, const char *name, int flags, struct jet_os_stat *out)
{
	struct stat st;

	if (fstatat(dir, name, &st, flags) < 0)
		return -errno;
	*out = (struct jet_os_stat){
		.type = type_of_mode(st.st_mode),
		.mode = st.st_mode & 07777,
		.nlink = (uint32_t)st.st_nlink,
		.mtime_sec = st.st_mtim.tv_sec,
		.mtime_nsec = (uint32_t)st.st_mtim.tv_nsec,
		.ctime_sec = st.st_ctim.tv_sec,
		.ctime_nsec = (uint32_t)st.st_ctim.tv_nsec,
		.size = (uint64_t)st.st_size,
		.dev = st.st_dev,
		.ino = st.st_ino,
		.rdev_major = major(st.st_rdev),
		.rdev_minor = minor(st.st_rdev),
	};
	return 0;
}

static int stat_at(int dir, const char *name, int flags, struct jet_os_stat *out)
{
	struct kernel_statx sx;

	if (syscall(SYS_statx, dir, name, flags, WANTED, &sx) < 0) {
		if (errno == ENOSYS || errno == EPERM)
			return stat_old(dir, name, flags, out);
		return -errno;
	}
	*out = (struct jet_os_stat){
		.type = type_of_mode(sx.mode),
		.mode = sx.mode & 07777U,
		.nlink = sx.nlink,
		.mtime_sec = sx.mtime.sec,
		.mtime_nsec = sx.mtime.nsec,
		.ctime_sec = sx.ctime.sec,
		.ctime_nsec = sx.ctime.nsec,
		.size = sx.size,
		.dev = makedev(sx.dev_major, sx.dev_minor),
		.ino = sx.ino,
		.rdev_major = sx.rdev_major,
		.rdev_minor = sx.rdev_minor,
	};
	return 0;
}

int jet_os_stat(int dir, const char *name, struct jet_os_stat *st)
{
	return stat_at(dir, name, AT_SYMLINK_NOFOLLOW | NO_AUTOMOUNT, st);
}

int jet_os_fstat(int fd, struct jet_os_stat *st)
{
	return stat_at(fd, "", EMPTY_PATH, st);
}

/* ---- extended attributes ------------------------------------------------ */

/* The list or the value may grow between two calls: asked until it fits. */
int jet_os_xattr_names(int fd, struct jet_buf *names)
{
	for (;;) {
		ssize_t want = flistxattr(fd, NULL, 0), got;

		if (want <= 0)
			return want == 0 || errno == ENOTSUP ? 0 : -errno;
		if (jet_buf_reserve(names, (size_t)want) < 0)
			return -ENOMEM;
		got = flistxattr(fd, names->data + names->len, (size_t)want);
		if (got < 0 && errno == ERANGE)
			continue;
		if (got < 0)
			return -errno;
		names->len += (size_t)got;
		return 0;
	}
}

int jet_os_xattr_get(int fd, const char *name, struct jet_buf *value)
{
	for (;;) {
		ssize_t want = fgetxattr(fd, name, NULL, 0), got;

		if (want < 0)
			return -errno;
		/* Asked with no room, the call would give the length once more. */
		if (jet_buf_reserve(value, (size_t)want + 1) < 0)
			return -ENOMEM;
		got = fgetxattr(fd, name, value->data + value->len, (size_t)want + 1);
		if (got < 0 && errno == ERANGE)
			continue;
		if (got < 0)
			return -errno;
		value->len += (size_t)got;
		return 0;
	}
}

int jet_os_xattr_set(int fd, const char *name, const void *value, size_t len)
{
	return fsetxattr(fd, name, value, len, 0) == 0 ? 0 : -errno;
}

/* ---- pipes -------------------------------------------------------------- */

/* What an ordinary user may ask for.  A refusal does no harm. */
enum { PIPE_BYTES = 1 << 20 };

void jet_os_widen_pipe(int fd)
{
	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}

/* ---- making things ------------------------------------------------------ */

/* linux/fs.h: FICLONE, RENAME_EXCHANGE; not every C library has them. */
#define CLONE _IOW(0x94, 9, int)
enum { EXCHANGE = 2 };

int jet_os_make_node(int dir, const char *name, enum jet_type type, uint32_t major, uint32_t minor)
{
	const mode_t kind = type == JET_TYPE_FIFO ? S_IFIFO : type == JET_TYPE_CHAR ? S_IFCHR : S_IFBLK;

	return mknodat(dir, name, kind | 0600, makedev(major, minor)) == 0 ? 0 : -errno;
}

int jet_os_clone(int to, int from)
{
	return ioctl(to, CLONE, from) == 0 ? 0 : -errno;
}

/* Found out with two files that never have a name. */
bool jet_os_clones(int dir)
{
	const int flags = O_TMPFILE | O_RDWR | O_CLOEXEC;
	const int from = openat(dir, ".", flags, 0600), to = openat(dir, ".", flags, 0600);
	const bool can = from >= 0 && to >= 0 && write(from, "x", 1) == 1 && jet_os_clone(to, from) == 0;

	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return can;
}

int64_t jet_os_copy_range(int to, int from, uint64_t at, size_t len)
{
	int64_t start = (int64_t)at;
	const long got = syscall(SYS_copy_file_range, from, &start, to, NULL, len, 0);

	return got < 0 ? -errno : got;
}

int jet_os_exchange(const char *a, const char *b)
{
	return syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, EXCHANGE) == 0 ? 0 : -errno;
}

int jet_os_temporary(const char *dir)
{
	const int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	/* Not every file system can do that. */
	return fd < 0 ? jet_os_temporary_posix(dir) : fd;
}

void jet_os_end_with_parent(int signal, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, signal);
	if (getppid() != parent)
		kill(getpid(), signal);
}

uint64_t jet_os_seed(void)
{
	uint64_t seed;

	/* A kernel that has none to give: where things lie in memory is secret enough. */
	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t)sizeof(seed))
		seed = (uint64_t)(uintptr_t)&seed * 0x9E3779B97F4A7C15U;
	return seed;
}
