/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/os.h"
#include "context/walk_content.h"
#include "sink/dir_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* At once; then the caller is asked whether to go on. */
enum { RANGE_BYTES = 16 << 20 };

static int create(int dir, const char *name)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : fd;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A time that other content would not have: 31 bits of seconds, because some file
 * systems keep no more, and nanoseconds. */
static struct timespec time_of(const struct jet_hashes *hashes)
{
	uint32_t word[2];

	for (int i = 0; i < 2; i++) {
		const uint8_t *b = hashes->xxh128 + 4 * i;

		word[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	}
	return (struct timespec){ .tv_sec = (time_t)(word[0] >> 1), .tv_nsec = word[1] % 1000000000 };
}

static int set_meta(int fd, uint32_t mode, struct timespec mtime)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, mtime };

	return fchmod(fd, mode) == 0 && futimens(fd, times) == 0 ? 0 : -errno;
}

int jet_dir_time_of(struct jet_dir *d, const void *data, size_t len, struct timespec *mtime,
                    struct jet_error *err)
{
	struct jet_hashes hashes;
	int rc = jet_hasher_bytes(d->own, data, len, &hashes, err);

	if (rc == 0)
		*mtime = time_of(&hashes);
	return rc;
}

int jet_dir_put_text(struct jet_dir *d, const char *name, const void *data, size_t len,
                     struct jet_error *err)
{
	struct timespec mtime = { 0 };
	int rc = jet_dir_time_of(d, data, len, &mtime, err), fd;

	if (rc < 0)
		return rc;
	fd = create(d->fd, name);
	if (fd < 0)
		return jet_dir_fail(d, -fd, "cannot create", err);
	rc = write_all(fd, data, len);
	if (rc == 0)
		rc = set_meta(fd, 0644, mtime);
	/* Some file systems report a full disk only now. */
	if (close(fd) != 0 && rc == 0)
		rc = -errno;
	return rc < 0 ? jet_dir_fail(d, -rc, "cannot write", err) : 0;
}

/* ---- content ------------------------------------------------------------ */

/* Through memory, with a hash on the way.  @fd: -1 where the file has it all already. */
static int copy_read(struct jet_dir *d, struct jet_content *c, int fd, struct jet_error *err)
{
	int rc = 0;

	while (c->left && rc == 0) {
		size_t got;

		rc = jet_content_read(c, d->block, JET_READ_BYTES, &got, err);
		if (rc < 0)
			return rc;
		rc = fd < 0 ? 0 : write_all(fd, d->block, got);
		if (rc < 0)
			return jet_dir_fail(d, -rc, "cannot write", err);
		rc = jet_dir_stopped(d);
	}
	return rc;
}

/* Inside the kernel.  1, or 0 when it has to go through memory, from where it stopped,
 * or a failure. */
static int copy_inside(struct jet_dir *d, struct jet_content *c, int fd, struct jet_error *err)
{
	while (c->left) {
		const size_t want = c->left < RANGE_BYTES ? (size_t)c->left : RANGE_BYTES;
		const int64_t got = jet_os_copy_range(fd, c->fd, c->at, want);

		if (got == -ENOSPC || got == -EDQUOT || got == -EFBIG)
			return jet_dir_fail(d, (int)-got, "cannot write", err);
		/* The end of a file that has shrunk is told by reading it. */
		if (got <= 0)
			return 0;
		c->at += (uint64_t)got;
		c->left -= (uint64_t)got;
		if (jet_dir_stopped(d) < 0)
			return JET_E_WRITE;
	}
	return 1;
}

static int copy(struct jet_dir *d, struct jet_content *c, int fd, struct jet_error *err)
{
	/* Blocks that both have, until one of them is written to. */
	const bool cloned = c->left && d->clones && !c->archived && jet_os_clone(fd, c->fd) == 0;
	int rc;

	/* A hash needs the bytes here. */
	if (cloned || c->hasher)
		return c->hasher ? copy_read(d, c, cloned ? -1 : fd, err) : 0;
	rc = copy_inside(d, c, fd, err);
	return rc == 0 ? copy_read(d, c, fd, err) : rc < 0 ? rc : 0;
}

/* ---- files -------------------------------------------------------------- */

static int put_xattrs(struct jet_dir *d, const struct jet_content *c, int fd,
                      struct jet_error *err)
{
	int rc = jet_walk_xattrs(c->walk, c->fd, &d->xattrs, err);

	return rc < 0 ? rc : jet_xattrs_write(&d->xattrs, fd, c->entry->path, err);
}

/* All of it into the new file @fd. */
static int fill(struct jet_dir *d, struct jet_content *c, int fd, struct jet_hashes *hashes,
                struct jet_error *err)
{
	const struct jet_sink_options *o = &d->options.sink;
	const bool hashed = o->flags & JET_SINK_NORMALIZE;
	struct jet_hashes own;
	int rc = copy(d, c, fd, err);

	if (rc == 0 && o->flags & JET_SINK_XATTRS && c->fd >= 0)
		rc = put_xattrs(d, c, fd, err);
	if (rc < 0) {
		jet_content_abort(c);
		return rc;
	}
	if (hashed && !hashes)
		hashes = &own;
	rc = jet_content_finish(c, hashes, err);
	if (rc < 0)
		return rc;
	rc = set_meta(fd, jet_sink_mode(o, c->entry),
	              hashed ? time_of(hashes) : jet_dir_time(d, c->entry));
	return rc < 0 ? jet_dir_fail(d, -rc, "cannot complete", err) : 0;
}

static int put_copy(struct jet_dir *d, const char *name, struct jet_walk *walk,
                    const struct jet_entry *e, struct jet_hashes *hashes, struct jet_error *err)
{
	const bool hashed = hashes || d->options.sink.flags & JET_SINK_NORMALIZE;
	struct jet_content c;
	int rc = jet_content_open(&c, walk, e, hashed ? d->hasher : NULL, err), fd;

	if (rc < 0)
		return rc;
	fd = create(d->fd, name);
	if (fd < 0) {
		jet_content_abort(&c);
		return jet_dir_fail(d, -fd, "cannot create", err);
	}
	rc = fill(d, &c, fd, hashes, err);
	if (close(fd) != 0 && rc == 0)
		rc = jet_dir_fail(d, errno, "cannot write", err);
	return rc;
}

int jet_dir_put_file(struct jet_dir *d, const char *name, struct jet_walk *walk,
                     const struct jet_entry *e, struct jet_hashes *hashes, struct jet_error *err)
{
	int rc;

	if (d->options.link && !d->clones && !(e->flags & JET_ENTRY_EMPTIED)) {
		rc = jet_walk_link(walk, d->fd, name, err);
		if (rc == 1 && hashes)
			return jet_hash_entry(d->hasher, walk, e, hashes, err);
		if (rc != 0)
			return rc < 0 ? rc : 0;
	}
	rc = put_copy(d, name, walk, e, hashes, err);
	if (rc != JET_E_CHANGED)
		return rc;
	/* Once more: whoever was writing may be done. */
	if (unlinkat(d->fd, name, 0) != 0 && errno != ENOENT)
		return jet_dir_fail(d, errno, "cannot write again", err);
	rc = jet_walk_again(walk, err);
	return rc < 0 ? rc : put_copy(d, name, walk, e, hashes, err);
}
