/* SPDX-License-Identifier: Apache-2.0 */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

static int opened(int fd)
{
	return fd < 0 ? -errno : fd;
}

int jet_os_open_root(const char *path)
{
	return opened(open(path, DIR_FLAGS));
}

int jet_os_open_dir(int dir, const char *name)
{
	return opened(openat(dir, name, DIR_FLAGS | O_NOFOLLOW));
}

int jet_os_open_file(int dir, const char *name)
{
	return opened(openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

int jet_os_can_read(int dir, const char *name)
{
	return faccessat(dir, name, R_OK, AT_EACCESS) == 0 ? 0 : -errno;
}

int jet_os_can_search(int dir)
{
	/* Looking up any name needs the permission, and this one is always there. */
	return faccessat(dir, ".", F_OK, AT_EACCESS) == 0 ? 0 : -errno;
}

unsigned jet_os_cpus(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

bool jet_os_reads_all(void)
{
	return geteuid() == 0;
}

int jet_os_read_link(int dir, const char *name, struct jet_buf *target)
{
	/* A link may change its length between two calls, so it is read until
	 * there is room left behind it. */
	for (size_t room = 256;; room *= 2) {
		ssize_t n;

		if (room > SIZE_MAX / 4 || jet_buf_reserve(target, room) < 0)
			return -ENOMEM;
		n = readlinkat(dir, name, target->data + target->len, room);
		if (n < 0)
			return -errno;
		if ((size_t)n < room) {
			target->len += (size_t)n;
			return 0;
		}
	}
}

int jet_os_temporary_posix(const char *dir)
{
	struct jet_buf name = { 0 };
	int fd = -ENOMEM;

	if (jet_buf_printf(&name, "%s/jettison.XXXXXX", dir) == 0 && jet_buf_terminate(&name) == 0) {
		fd = opened(mkstemp(name.data));
		if (fd >= 0)
			unlink(name.data);
		if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
			const int error = errno;

			close(fd);
			fd = -error;
		}
	}
	jet_buf_clear(&name);
	return fd;
}
