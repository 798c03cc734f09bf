/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/os.h"
#include "context/walk_content.h"
#include "sink/dir_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int jet_dir_stopped(const struct jet_dir *d)
{
	return d->options.stop && d->options.stop(d->options.ctx) ? JET_E_WRITE : 0;
}

int jet_dir_fail(const struct jet_dir *d, int sys_errno, const char *what, struct jet_error *err)
{
	if (sys_errno == ENOMEM)
		return jet_fail_nomem(err);
	return jet_fail_errno(err, JET_E_IO, sys_errno, d->path.data, what);
}

struct timespec jet_dir_time(const struct jet_dir *d, const struct jet_entry *entry)
{
	const struct jet_sink_options *o = &d->options.sink;

	if (o->flags & JET_SINK_NORMALIZE)
		return (struct timespec){ .tv_sec = (time_t)o->mtime };
	return (struct timespec){ .tv_sec = (time_t)entry->mtime_sec, .tv_nsec = entry->mtime_nsec };
}

/* ---- levels ------------------------------------------------------------- */

static int push(struct jet_dir *d, int fd, size_t path_len, struct jet_error *err)
{
	struct jet_dir_level *levels = jet_grow(d->levels, d->nlevels, &d->capacity, sizeof(*levels));
	struct jet_os_stat st;
	int rc = jet_os_fstat(fd, &st);

	if (!levels)
		return jet_fail_nomem(err);
	d->levels = levels;
	if (rc < 0)
		return jet_dir_fail(d, -rc, "cannot stat", err);
	/* What no entry describes, builders make so when they unpack an archive. */
	d->levels[d->nlevels++] = (struct jet_dir_level){
		.path_len = path_len, .dev = st.dev, .ino = st.ino, .mode = 0755,
		.mtime = { .tv_sec = (time_t)d->options.sink.mtime },
	};
	return 0;
}

/* Makes the directory that the first @len bytes of d->path name, and goes in.  It may
 * be there already: a text came before it. */
static int enter(struct jet_dir *d, size_t len, struct jet_error *err)
{
	const size_t parent = d->levels[d->nlevels - 1].path_len;
	const char *name = d->path.data + parent + (parent > 0);
	const char behind = d->path.data[len];
	int fd, rc;

	d->path.data[len] = '\0';
	rc = mkdirat(d->fd, name, 0700) == 0 || errno == EEXIST ? 0 : -errno;
	fd = rc < 0 ? rc : jet_os_open_dir(d->fd, name);
	rc = fd < 0 ? jet_dir_fail(d, -fd, "cannot make the directory", err) : push(d, fd, len, err);
	d->path.data[len] = behind;
	if (rc < 0) {
		if (fd >= 0)
			close(fd);
		return rc;
	}
	close(d->fd);
	d->fd = fd;
	return 0;
}

/* The innermost level has all it gets: now its mode, which may forbid writing, and
 * its time.  Then back to its parent, which must be the one it was. */
static int leave(struct jet_dir *d, struct jet_error *err)
{
	const struct jet_dir_level *level = &d->levels[--d->nlevels];
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, level->mtime };
	struct jet_os_stat st;
	int up = -1, rc;

	if (d->nlevels) {
		up = jet_os_open_dir(d->fd, "..");
		rc = up < 0 ? up : jet_os_fstat(up, &st);
		if (rc == 0 && (st.dev != level[-1].dev || st.ino != level[-1].ino))
			rc = -ESTALE;
	} else {
		rc = 0;
	}
	if (rc == 0 && (fchmod(d->fd, level->mode) != 0 || futimens(d->fd, times) != 0))
		rc = -errno;
	close(d->fd);
	d->fd = up;
	return rc < 0 ? jet_dir_fail(d, -rc, "cannot complete the directory", err) : 0;
}

/* Is the innermost level the parent of d->path, or above it? */
static bool is_above(const struct jet_dir *d, const char *path, size_t len)
{
	const size_t mine = d->levels[d->nlevels - 1].path_len;

	return mine == 0 || (mine < len && path[mine] == '/' && memcmp(d->path.data, path, mine) == 0);
}

/* Makes @path the one at hand and its parent the innermost level. */
static int go_to(struct jet_dir *d, const char *path, size_t len, struct jet_error *err)
{
	int rc = 0;

	while (rc == 0 && !is_above(d, path, len))
		rc = leave(d, err);
	if (rc < 0)
		return rc;
	d->path.len = 0;
	if (jet_buf_append(&d->path, path, len) < 0 || jet_buf_terminate(&d->path) < 0)
		return jet_fail_nomem(err);
	while (rc == 0) {
		const size_t parent = d->levels[d->nlevels - 1].path_len;
		const char *name = d->path.data + parent + (parent > 0);
		const char *slash = strchr(name, '/');

		if (!slash)
			break;
		rc = enter(d, (size_t)(slash - d->path.data), err);
	}
	return rc;
}

/* The last component of the path at hand. */
static const char *name_of(const struct jet_dir *d)
{
	const size_t parent = d->levels[d->nlevels - 1].path_len;

	return d->path.data + parent + (parent > 0);
}

/* ---- entries ------------------------------------------------------------ */

static int put_dir(struct jet_dir *d, struct jet_walk *walk, const struct jet_entry *e,
                   struct jet_error *err)
{
	struct jet_dir_level *level;
	int rc = enter(d, e->path_len, err);

	if (rc < 0)
		return rc;
	level = &d->levels[d->nlevels - 1];
	level->mode = jet_sink_mode(&d->options.sink, e);
	level->mtime = jet_dir_time(d, e);
	if (!(d->options.sink.flags & JET_SINK_XATTRS))
		return 0;
	rc = jet_walk_xattrs(walk, -1, &d->xattrs, err);
	return rc < 0 ? rc : jet_xattrs_write(&d->xattrs, d->fd, e->path, err);
}

/* Opens the directory that holds what @path names: component by component, so it may be
 * of any length and no link that somebody puts there leads out.  @path is cut at every
 * "/"; @name: what is left of it. */
static int open_parent(const struct jet_dir *d, char *path, const char **name)
{
	int fd = jet_os_open_dir(d->root, ".");
	char *slash;

	while (fd >= 0 && (slash = strchr(path, '/'))) {
		int next;

		*slash = '\0';
		next = jet_os_open_dir(fd, path);
		close(fd);
		fd = next;
		path = slash + 1;
	}
	*name = path;
	return fd;
}

/* The name that the file has already. */
static int put_hardlink(struct jet_dir *d, const struct jet_entry *e)
{
	char *path = strdup(e->hardlink);
	const char *name;
	int from = path ? open_parent(d, path, &name) : -ENOMEM, rc = from;

	if (from >= 0) {
		rc = linkat(from, name, d->fd, name_of(d), 0) == 0 ? 0 : -errno;
		close(from);
	}
	free(path);
	return rc;
}

/* What has neither content nor contents.  @mtime: of a link perhaps made of its target. */
static int put_special(struct jet_dir *d, const struct jet_entry *e, struct timespec mtime)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, mtime };
	const uint32_t mode = jet_sink_mode(&d->options.sink, e);
	const char *name = name_of(d);
	int rc;

	if (e->type == JET_TYPE_SYMLINK)
		rc = symlinkat(e->target, d->fd, name) == 0 ? 0 : -errno;
	else
		rc = jet_os_make_node(d->fd, name, e->type, e->rdev_major, e->rdev_minor);
	if (rc == 0 && e->type != JET_TYPE_SYMLINK && fchmodat(d->fd, name, mode, 0) != 0)
		rc = -errno;
	if (rc == 0 && utimensat(d->fd, name, times, AT_SYMLINK_NOFOLLOW) != 0)
		rc = -errno;
	return rc;
}

/* A link's content is its target.  Of a directory nothing is made: what is in it has names
 * of its own, and no builder takes a directory for unchanged by its time. */
static int special_time(struct jet_dir *d, const struct jet_entry *e, struct timespec *mtime,
                        struct jet_error *err)
{
	*mtime = jet_dir_time(d, e);
	if (e->type != JET_TYPE_SYMLINK || !(d->options.sink.flags & JET_SINK_NORMALIZE))
		return 0;
	return jet_dir_time_of(d, e->target, e->target_len, mtime, err);
}

static int put(struct jet_dir *d, struct jet_walk *walk, const struct jet_entry *e,
               struct jet_hashes *hashes, struct jet_error *err)
{
	struct timespec mtime = { 0 };
	int rc = jet_dir_stopped(d);

	if (rc == 0 && (!(e->flags & JET_ENTRY_STATED) || e->type == JET_TYPE_SOCKET ||
	                e->type == JET_TYPE_UNKNOWN))
		return jet_fail(err, JET_E_ARG, e->path, "cannot be copied");
	if (rc == 0)
		rc = go_to(d, e->path, e->path_len, err);
	if (rc < 0)
		return rc;
	if (e->type == JET_TYPE_DIR)
		return put_dir(d, walk, e, err);
	if (e->type == JET_TYPE_FILE && !e->hardlink)
		return jet_dir_put_file(d, name_of(d), walk, e, hashes, err);
	rc = special_time(d, e, &mtime, err);
	if (rc < 0)
		return rc;
	rc = e->type == JET_TYPE_FILE ? put_hardlink(d, e) : put_special(d, e, mtime);
	if (rc < 0)
		return jet_dir_fail(d, -rc, "cannot create", err);
	/* Known from its first name, unless that was linked, too. */
	return hashes && e->type == JET_TYPE_FILE ? jet_hash_entry(d->hasher, walk, e, hashes, err) : 0;
}

/* The mode and the time that the entry at hand has, or will have. */
static int describe(const struct jet_dir *d, const struct jet_entry *e, struct jet_shipped *shipped,
                    struct jet_error *err)
{
	struct jet_os_stat st;
	struct timespec mtime;
	int rc;

	shipped->mode = jet_sink_mode(&d->options.sink, e);
	if (e->type == JET_TYPE_DIR) {
		mtime = d->levels[d->nlevels - 1].mtime;
	} else {
		rc = jet_os_stat(d->fd, name_of(d), &st);
		if (rc < 0)
			return jet_dir_fail(d, -rc, "cannot stat", err);
		mtime = (struct timespec){ .tv_sec = (time_t)st.mtime_sec, .tv_nsec = st.mtime_nsec };
	}
	shipped->mtime_sec = mtime.tv_sec;
	shipped->mtime_nsec = (uint32_t)mtime.tv_nsec;
	return 0;
}

static int put_entry(void *self, struct jet_walk *walk, const struct jet_entry *e,
                     struct jet_shipped *shipped, struct jet_error *err)
{
	struct jet_dir *d = self;
	int rc;

	if (shipped)
		shipped->hashes.kinds = 0;
	rc = put(d, walk, e, shipped ? &shipped->hashes : NULL, err);
	return rc < 0 || !shipped ? rc : describe(d, e, shipped, err);
}

static int put_text(void *self, const char *path, size_t path_len, const void *data, size_t len,
                    struct jet_error *err)
{
	struct jet_dir *d = self;
	int rc = go_to(d, path, path_len, err);

	return rc < 0 ? rc : jet_dir_put_text(d, name_of(d), data, len, err);
}

/* ---- the directory ------------------------------------------------------ */

static int finish(void *self, struct jet_error *err)
{
	struct jet_dir *d = self;
	int rc = 0;

	while (rc == 0 && d->nlevels)
		rc = leave(d, err);
	return rc;
}

struct jet_sink jet_dir_sink(struct jet_dir *d)
{
	return (struct jet_sink){ .self = d, .text = put_text, .entry = put_entry, .finish = finish };
}

static int prepare(struct jet_dir *d, struct jet_error *err)
{
	int rc;

	d->block = malloc(JET_READ_BYTES);
	if (!d->block || jet_buf_reserve(&d->path, 256) < 0 || jet_buf_terminate(&d->path) < 0)
		return jet_fail_nomem(err);
	/* For texts it is wanted in any case. */
	rc = jet_hasher_open(JET_HASH_XXH128, &d->own, err);
	if (rc < 0)
		return rc;
	d->hasher = d->options.hasher ? d->options.hasher : d->own;
	d->fd = jet_os_open_dir(d->root, ".");
	if (d->fd < 0)
		return jet_dir_fail(d, -d->fd, "cannot open", err);
	d->clones = jet_os_clones(d->fd);
	rc = push(d, d->fd, 0, err);
	if (rc == 0) {
		d->levels[0].mode = jet_sink_mode(&d->options.sink, &d->options.root);
		d->levels[0].mtime = jet_dir_time(d, &d->options.root);
	}
	return rc;
}

int jet_dir_open(int fd, const struct jet_dir_options *options, struct jet_dir **dir,
                 struct jet_error *err)
{
	struct jet_dir *d = calloc(1, sizeof(*d));
	int rc;

	*dir = NULL;
	if (!d)
		return jet_fail_nomem(err);
	d->options = *options;
	d->root = fd;
	d->fd = -1;
	rc = prepare(d, err);
	if (rc < 0) {
		jet_dir_close(d);
		return rc;
	}
	*dir = d;
	return 0;
}

void jet_dir_close(struct jet_dir *d)
{
	if (!d)
		return;
	if (d->fd >= 0)
		close(d->fd);
	jet_hasher_close(d->own);
	jet_xattrs_clear(&d->xattrs);
	jet_buf_clear(&d->path);
	free(d->levels);
	free(d->block);
	free(d);
}
