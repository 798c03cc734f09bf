/* SPDX-License-Identifier: Apache-2.0 */
#include "base/remove.h"

#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The directory being emptied, and the names that lead to it. */
struct removal {
	struct jet_os_dir *reader;
	int fd;
	struct jet_buf names; /* one behind the other, each with a NUL before and behind */
	size_t depth;
};

/* Goes into @name.  0 or a negative errno. */
static int go_down(struct removal *r, const char *name)
{
	const int fd = jet_os_open_dir(r->fd, name);

	if (fd < 0)
		return fd;
	if (jet_buf_byte(&r->names, '\0') < 0 ||
	    jet_buf_append(&r->names, name, strlen(name) + 1) < 0) {
		close(fd);
		return -ENOMEM;
	}
	/* Names in it can be taken away only if it may be written to. */
	fchmod(fd, 0700);
	close(r->fd);
	r->fd = fd;
	r->depth++;
	return 0;
}

/* Back out of an empty directory, and away with it. */
static int go_up(struct removal *r)
{
	const int up = jet_os_open_dir(r->fd, "..");
	size_t start;

	if (up < 0)
		return up;
	close(r->fd);
	r->fd = up;
	r->depth--;
	for (start = r->names.len - 1; r->names.data[start - 1]; start--)
		;
	r->names.len = start - 1;
	return unlinkat(up, r->names.data + start, AT_REMOVEDIR) == 0 ? 0 : -errno;
}

/* Everything in r->fd up to the first directory that is not empty.  1 when it went into
 * one, 0 when nothing is left, or a negative errno. */
static int empty_some(struct removal *r)
{
	struct jet_os_name name;
	int rc = jet_os_dir_start(r->reader, r->fd);

	while (rc >= 0 && (rc = jet_os_dir_next(r->reader, &name)) == 1) {
		if (unlinkat(r->fd, name.text, 0) == 0)
			continue;
		/* POSIX says EPERM for a directory. */
		if (errno != EISDIR && errno != EPERM && errno != ENOENT)
			return -errno;
		if (errno == ENOENT || unlinkat(r->fd, name.text, AT_REMOVEDIR) == 0)
			continue;
		/* EBUSY: another file system hangs there, and stays what it is. */
		if (errno != ENOTEMPTY && errno != EEXIST)
			return -errno;
		rc = go_down(r, name.text);
		return rc < 0 ? rc : 1;
	}
	return rc;
}

int jet_remove_tree(const char *path)
{
	struct removal r = { .reader = jet_os_dir_create() };
	int rc;

	r.fd = r.reader ? jet_os_open_dir(AT_FDCWD, path) : -ENOMEM;
	rc = r.fd < 0 ? r.fd : 0;
	if (rc == 0)
		fchmod(r.fd, 0700);
	while (rc >= 0) {
		rc = empty_some(&r);
		if (rc == 0 && !r.depth)
			break;
		if (rc == 0)
			rc = go_up(&r);
	}
	if (r.fd >= 0)
		close(r.fd);
	if (rc == 0 && rmdir(path) != 0)
		rc = -errno;
	jet_os_dir_free(r.reader);
	jet_buf_clear(&r.names);
	return rc == -ENOENT ? 0 : rc;
}
