/* SPDX-License-Identifier: Apache-2.0 */
#include "context/walk_content.h"

#include "base/error.h"
#include "context/walk_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

const struct jet_archive *jet_walk_archive(const struct jet_walk *w)
{
	return w->archive;
}

/* In an archive nothing changes. */
static int read_archived(struct jet_walk *w, int dir, int *fd, uint64_t *offset,
                         struct jet_error *err)
{
	const struct jet_entry *e = &w->entry;
	const int rc = jet_archive_content(w->archive, dir, e->path + e->name_off, fd, offset);

	return rc < 0 ? jet_fail_errno(err, JET_E_IO, -rc, e->path, "cannot open") : 0;
}

int jet_walk_read(struct jet_walk *w, int *fd, uint64_t *offset, struct jet_error *err)
{
	const struct jet_entry *e;
	struct jet_os_stat st;
	int dir, file, rc;

	/* What ships belongs to the walk beside this one. */
	if (w->shipped && w->shipped_given)
		return jet_walk_read(w->shipped, fd, offset, err);
	e = &w->entry;
	if (e->type != JET_TYPE_FILE || !e->path)
		return jet_fail(err, JET_E_ARG, e->path, "not a regular file");
	dir = jet_walk_fd(w, err);
	if (dir < 0)
		return dir;
	if (w->archive)
		return read_archived(w, dir, fd, offset, err);
	file = jet_os_open_file(dir, e->path + e->name_off);
	if (file == -ELOOP)
		return jet_fail(err, JET_E_CHANGED, e->path, "has become a link while the tree was read");
	if (file < 0)
		return jet_fail_errno(err, JET_E_IO, -file, e->path, "cannot open");
	rc = jet_os_fstat(file, &st);
	if (rc < 0)
		rc = jet_fail_errno(err, JET_E_IO, -rc, e->path, "cannot stat");
	else if (st.type != JET_TYPE_FILE ||
	         (e->flags & JET_ENTRY_STATED && (st.dev != e->dev || st.ino != e->ino)))
		rc = jet_fail(err, JET_E_CHANGED, e->path, "was replaced while the tree was read");
	if (rc < 0) {
		close(file);
		return rc;
	}
	*fd = file;
	*offset = 0;
	return 0;
}

/* ---- a new look --------------------------------------------------------- */

int jet_walk_again(struct jet_walk *w, struct jet_error *err)
{
	struct jet_entry *e = &w->entry;
	struct jet_os_stat st;
	int dir, rc;

	if (w->shipped && w->shipped_given)
		return jet_walk_again(w->shipped, err);
	dir = jet_walk_fd(w, err);
	if (dir < 0)
		return dir;
	rc = jet_os_stat(dir, e->path + e->name_off, &st);
	if (rc < 0)
		return jet_fail_errno(err, JET_E_IO, -rc, e->path, "cannot stat");
	if (st.type != JET_TYPE_FILE ||
	    (e->nlink > 1 && (st.dev != e->dev || st.ino != e->ino)))
		return jet_fail(err, JET_E_CHANGED, e->path, "was replaced while the tree was read");
	w->counts.bytes += st.size - e->size;
	jet_walk_put_stat(e, &st);
	return 0;
}

int jet_walk_link(struct jet_walk *w, int dir, const char *name, struct jet_error *err)
{
	const struct jet_entry *e = &w->entry;
	const int from = jet_walk_fd(w, err);
	struct jet_os_stat st;
	int rc;

	if (from < 0)
		return from;
	if (w->archive)
		return 0;
	if (linkat(from, e->path + e->name_off, dir, name, 0) != 0) {
		if (errno == ENOENT)
			return jet_fail_errno(err, JET_E_IO, errno, e->path, "cannot link");
		return 0;
	}
	rc = jet_os_stat(dir, name, &st);
	if (rc == 0 && st.type == JET_TYPE_FILE && st.dev == e->dev && st.ino == e->ino &&
	    st.size == e->size && st.mtime_sec == e->mtime_sec && st.mtime_nsec == e->mtime_nsec)
		return 1;
	unlinkat(dir, name, 0);
	return jet_fail(err, JET_E_CHANGED, e->path, "was replaced while the tree was read");
}

/* ---- directories -------------------------------------------------------- */

/* A directory so far out that its descriptor is closed.  It is an entry this late because
 * all above it was ignored, too: these come outermost first, so the one before is the way
 * to it.  Only to the first of them one has to climb. */
static int open_far(struct jet_walk *w, const struct jet_entry *e)
{
	size_t at = w->frames.n - w->frames.nlater - w->frames.nopen;
	int fd;

	if (w->has_above && w->above_depth + 1 == e->depth) {
		fd = jet_os_open_dir(w->above, e->path + e->name_off);
	} else {
		fd = jet_os_open_dir(w->frames.dirs[at].fd, ".");
		while (fd >= 0 && at > e->depth) {
			int up = jet_os_open_dir(fd, "..");

			close(fd);
			fd = up;
			at--;
		}
	}
	if (w->has_above)
		close(w->above);
	w->has_above = fd >= 0;
	w->above = fd;
	w->above_depth = e->depth;
	return fd < 0 ? fd : jet_os_open_dir(fd, ".");
}

/* The directory that is the current entry; the caller closes it. */
static int open_entry(struct jet_walk *w, int *fd, struct jet_error *err)
{
	const struct jet_entry *e = &w->entry;
	const struct jet_frame_dir *dir;
	struct jet_os_stat st;
	int rc;

	dir = &w->frames.dirs[e->depth];
	*fd = dir->fd >= 0 ? jet_os_open_dir(dir->fd, ".") : open_far(w, e);
	rc = *fd < 0 ? *fd : jet_os_fstat(*fd, &st);
	if (rc == 0 && (st.dev != e->dev || st.ino != e->ino))
		rc = -ESTALE;
	if (rc == 0)
		return 0;
	if (*fd >= 0)
		close(*fd);
	return jet_fail_errno(err, rc == -ESTALE ? JET_E_CHANGED : JET_E_IO, -rc, e->path,
	                      "cannot open");
}

/* ---- extended attributes ------------------------------------------------ */

int jet_walk_xattrs(struct jet_walk *w, int fd, struct jet_xattrs *x, struct jet_error *err)
{
	const struct jet_entry *e = &w->entry;
	int dir, rc;

	if (w->shipped && w->shipped_given)
		return jet_walk_xattrs(w->shipped, fd, x, err);
	if (w->archive)
		return jet_archive_xattrs(w->archive, e->ino, x) < 0 ? jet_fail_nomem(err) : 0;
	if (fd >= 0)
		return jet_xattrs_read(x, fd, e->path, err);
	rc = open_entry(w, &dir, err);
	if (rc < 0)
		return rc;
	rc = jet_xattrs_read(x, dir, e->path, err);
	close(dir);
	return rc;
}
