/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/error.h"
#include "match/dialect.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nobody writes this much; a hostile file must not fill the memory. */
enum { MAX_BYTES = 64 << 20, BLOCK = 64 * 1024 };

/* 0 or a negative enum jet_code. */
static int read_all(int fd, const char *path, struct jet_buf *data, struct jet_error *err)
{
	for (;;) {
		ssize_t n;

		if (data->len > MAX_BYTES)
			return jet_fail(err, JET_E_IO, path, "more than 64 MiB: no ignore file is that big");
		if (jet_buf_reserve(data, BLOCK) < 0)
			return jet_fail_nomem(err);
		n = read(fd, data->data + data->len, BLOCK);
		if (n == 0)
			return 0;
		if (n > 0)
			data->len += (size_t)n;
		else if (errno != EINTR)
			return jet_fail_errno(err, JET_E_IO, errno, path, "cannot read the ignore file");
	}
}

/* A FIFO would keep us waiting; a device without end runs into MAX_BYTES. */
static int open_file(const char *path, struct jet_error *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return jet_fail_errno(err, JET_E_IO, errno, path, "cannot read the ignore file");
	/* A link to /dev/null is a usual way to have no rules. */
	if (fstat(fd, &st) < 0 || S_ISREG(st.st_mode) || S_ISCHR(st.st_mode))
		return fd;
	close(fd);
	if (S_ISDIR(st.st_mode))
		return jet_fail_errno(err, JET_E_IO, EISDIR, path, "cannot read the ignore file");
	return jet_fail(err, JET_E_IO, path, "cannot read the ignore file: it is no regular file");
}

int jet_ruleset_load(const char *path, enum jet_builder builder, struct jet_ruleset **rs,
                     struct jet_error *err)
{
	struct jet_buf data = { 0 };
	struct jet_error why = { 0 };
	int fd = open_file(path, &why), rc = 0;

	*rs = NULL;
	if (fd >= 0) {
		rc = read_all(fd, path, &data, err);
		close(fd);
	} else if (!(jet_dialect_of(builder)->absent_if_odd && why.sys_errno == EACCES)) {
		if (err)
			*err = why;
		rc = fd;
	}
	if (rc == 0)
		rc = jet_ruleset_parse(data.data ? data.data : "", data.len, path, builder, rs, err);
	jet_buf_clear(&data);
	return rc;
}
