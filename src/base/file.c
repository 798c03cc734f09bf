/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

static int fail(const char *path, const char *what, int error, struct jet_error *err)
{
	char text[80];

	snprintf(text, sizeof(text), "cannot read %s", what);
	return jet_fail_errno(err, JET_E_IO, error, path, text);
}

int jet_file_open(const char *path, enum jet_file_by by, const char *what, struct jet_error *err)
{
	const bool waits = by == JET_FILE_GIVEN;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (waits ? 0 : O_NONBLOCK));

	if (fd < 0)
		return fail(path, what, errno, err);
	if (fstat(fd, &st) < 0 || S_ISREG(st.st_mode) || S_ISCHR(st.st_mode) ||
	    (waits && S_ISFIFO(st.st_mode)))
		return fd;
	close(fd);
	if (S_ISDIR(st.st_mode))
		return fail(path, what, EISDIR, err);
	return jet_fail(err, JET_E_IO, path, "cannot read %s: it is no regular file", what);
}

int jet_file_read(int fd, const char *path, const char *what, size_t max, struct jet_buf *data,
                  struct jet_error *err)
{
	for (;;) {
		ssize_t n;

		if (data->len > max)
			return jet_fail(err, JET_E_IO, path, "more than %zu MiB: this is not %s",
			                max >> 20, what);
		if (jet_buf_reserve(data, BLOCK) < 0)
			return jet_fail_nomem(err);
		n = read(fd, data->data + data->len, BLOCK);
		if (n == 0)
			return 0;
		if (n > 0)
			data->len += (size_t)n;
		else if (errno != EINTR)
			return fail(path, what, errno, err);
	}
}

int jet_file_load(const char *path, enum jet_file_by by, const char *what, size_t max,
                  struct jet_buf *data, struct jet_error *err)
{
	const int fd = jet_file_open(path, by, what, err);
	int rc;

	if (fd < 0)
		return fd;
	rc = jet_file_read(fd, path, what, max, data, err);
	close(fd);
	return rc;
}
