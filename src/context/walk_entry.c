/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "context/walk_private.h"

#include <errno.h>
#include <string.h>

static void reset(struct jet_walk *w, size_t parent_len, size_t len, enum jet_type type,
                  uint32_t rule, uint32_t by)
{
	w->entry = (struct jet_entry){
		.path = w->path.data,
		.path_len = len,
		.name_off = parent_len ? parent_len + 1 : 0,
		.type = type,
		.depth = (uint32_t)w->frames.n,
		.rule = jet_judge_rule(&w->judge, rule),
	};
	if (w->guide && by)
		w->entry.by = jet_guide_by(w->guide, by, &w->entry.nby);
}

void jet_walk_put_stat(struct jet_entry *e, const struct jet_os_stat *st)
{
	e->flags |= JET_ENTRY_STATED;
	e->mode = st->mode;
	e->mtime_sec = st->mtime_sec;
	e->mtime_nsec = st->mtime_nsec;
	e->ctime_sec = st->ctime_sec;
	e->ctime_nsec = st->ctime_nsec;
	e->size = st->type == JET_TYPE_FILE ? st->size : 0;
	e->dev = st->dev;
	e->ino = st->ino;
	e->nlink = st->nlink;
	e->rdev_major = st->rdev_major;
	e->rdev_minor = st->rdev_minor;
}

int jet_walk_fill_dir(struct jet_walk *w, size_t index, struct jet_error *err)
{
	struct jet_frame_dir *dir = &w->frames.dirs[index];

	/* It may be an ancestor of what w->path holds: cut there for a moment. */
	if (dir->path_len < w->path.len) {
		w->cut = dir->path_len;
		w->path.data[w->cut] = '\0';
	}
	reset(w, w->frames.dirs[index - 1].path_len, dir->path_len, JET_TYPE_DIR, dir->rule, dir->by);
	w->entry.depth = (uint32_t)index;
	if (!dir->kept)
		w->entry.flags |= JET_ENTRY_IMPLIED;
	if (w->flags & JET_WALK_STAT) {
		int rc = jet_frames_stat(&w->frames, index);

		if (rc < 0)
			return jet_fail_errno(err, JET_E_IO, -rc, w->entry.path, "cannot stat");
		jet_walk_put_stat(&w->entry, &dir->st);
	}
	return 0;
}

int jet_walk_root(struct jet_walk *w, struct jet_entry *root, struct jet_error *err)
{
	const int rc = jet_frames_stat(&w->frames, 0);

	if (rc < 0)
		return jet_fail_errno(err, JET_E_IO, -rc, NULL, "cannot stat the context");
	*root = (struct jet_entry){ .path = "", .type = JET_TYPE_DIR };
	jet_walk_put_stat(root, &w->frames.dirs[0].st);
	return 0;
}

/* A directory that could not be read, or of which nothing but itself is needed, so that
 * it is not on the stack. */
static int fill_closed(struct jet_walk *w)
{
	const int dir = jet_frames_fd(&w->frames);
	struct jet_os_stat st;

	w->entry.error = w->file_error;
	if (w->flags & JET_WALK_STAT && dir >= 0 &&
	    jet_store_stat(w->archive, dir, w->path.data + w->entry.name_off, &st) == 0)
		jet_walk_put_stat(&w->entry, &st);
	return 1;
}

/* ---- files -------------------------------------------------------------- */

static void empty(struct jet_entry *e)
{
	e->flags |= JET_ENTRY_EMPTIED;
	e->size = 0;
}

static int put_target(struct jet_walk *w, int dir, const char *name, struct jet_error *err)
{
	int rc;

	w->target.len = 0;
	rc = jet_store_read_link(w->archive, dir, name, &w->target);
	if (rc == 0 && jet_buf_terminate(&w->target) < 0)
		rc = -ENOMEM;
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	if (rc < 0) {
		w->entry.error = -rc;
		return 0;
	}
	w->entry.target = w->target.data;
	w->entry.target_len = w->target.len;
	return 0;
}

/* What a builder makes of a file it may list but not read.  As
 * jet_walk_fill_file(). */
static int put_unreadable(struct jet_walk *w, int error, struct jet_error *err)
{
	w->entry.error = error;
	if (w->judge.dialect->empties_unreadable) {
		empty(&w->entry);
		return 1;
	}
	if (w->judge.dialect->checks_before) {
		w->counts.ignored++;
		return 0;
	}
	return jet_fail_errno(err, JET_E_UNREADABLE, error, w->entry.path,
	                      "the builder cannot read this file and stops");
}

/* Is it worth a system call to find out whether a file can be read? */
static bool may_be_unreadable(const struct jet_walk *w)
{
	if (w->mode != JET_MODE_SHIPPED || w->reads_all || w->entry.type != JET_TYPE_FILE ||
	    w->entry.flags & JET_ENTRY_EMPTIED)
		return false;
	if (w->entry.flags & JET_ENTRY_STATED)
		return (w->entry.mode & 0444) != 0444;
	/* Without a stat only those are looked at whose dialect would stop. */
	return !w->judge.dialect->empties_unreadable;
}

static int put_hardlink(struct jet_walk *w, struct jet_error *err)
{
	struct jet_entry *e = &w->entry;
	const struct jet_hardlink *first;

	if (!(w->flags & JET_WALK_HARDLINKS) || e->type != JET_TYPE_FILE || e->nlink < 2 || e->error)
		return 0;
	first = jet_hardlinks_find(&w->hardlinks, e->dev, e->ino,
	                           (struct jet_str){ e->path, e->path_len },
	                           e->flags & JET_ENTRY_EMPTIED);
	if (!first)
		return jet_fail_nomem(err);
	if (first->path.len == e->path_len && memcmp(first->path.data, e->path, e->path_len) == 0)
		return 0;
	e->hardlink = first->path.data;
	e->hardlink_len = first->path.len;
	/* A second name has what the first one has, whatever the rules say. */
	if (first->emptied)
		empty(e);
	else
		e->flags &= ~(uint32_t)JET_ENTRY_EMPTIED;
	return 0;
}

int jet_walk_fd(struct jet_walk *w, struct jet_error *err)
{
	const int fd = jet_frames_fd(&w->frames);

	if (fd >= 0)
		return fd;
	if (fd == -ENOMEM)
		return jet_fail_nomem(err);
	if (fd == -ELOOP || fd == -ENOTDIR || fd == -ENOENT)
		return jet_fail(err, JET_E_CHANGED, w->entry.path,
		                "the directory it is in has been replaced while the tree was read");
	return jet_fail_errno(err, JET_E_IO, -fd, w->entry.path, "cannot open the directory it is in");
}

/* Everything that needs a look at the file itself. */
static int look(struct jet_walk *w, const struct jet_record *r, const char *name,
                struct jet_error *err)
{
	const int dir = jet_walk_fd(w, err);
	struct jet_os_stat st;
	int rc;

	if (dir < 0)
		return dir;
	rc = jet_store_stat(w->archive, dir, name, &st);
	if (rc < 0) {
		w->entry.error = -rc;
		return 0;
	}
	if (st.type == JET_TYPE_DIR)
		return jet_fail(err, JET_E_CHANGED, w->entry.path,
		                "has become a directory while the tree was read");
	w->entry.type = st.type;
	jet_walk_put_stat(&w->entry, &st);
	if (r->state == JET_RECORD_EMPTIED && st.type == JET_TYPE_FILE)
		w->entry.flags |= JET_ENTRY_EMPTIED;
	return st.type == JET_TYPE_SYMLINK ? put_target(w, dir, name, err) : 0;
}

int jet_walk_fill_file(struct jet_walk *w, struct jet_error *err)
{
	const struct jet_record *r = &w->file;
	const struct jet_frame_dir *parent = jet_frames_top(&w->frames);
	const char *name = w->path.data + w->path.len - r->len;
	int rc = 0;

	reset(w, parent->path_len, w->path.len, (enum jet_type)r->type, r->rule, r->by);
	if (r->state == JET_RECORD_IGNORED)
		w->entry.flags |= JET_ENTRY_IGNORED;
	if (r->type == JET_TYPE_DIR)
		return fill_closed(w);
	if (r->state == JET_RECORD_EMPTIED && r->type == JET_TYPE_FILE)
		empty(&w->entry);
	if (w->flags & JET_WALK_STAT || r->type == JET_TYPE_UNKNOWN)
		rc = look(w, r, name, err);
	if (rc < 0)
		return rc;
	if (w->entry.type == JET_TYPE_SOCKET && w->mode == JET_MODE_SHIPPED) {
		if (!w->judge.dialect->ships_sockets) {
			w->counts.ignored++;
			return 0;
		}
		w->entry.type = JET_TYPE_FILE;
		w->entry.flags |= JET_ENTRY_SOCKET;
		empty(&w->entry);
	}
	if (may_be_unreadable(w)) {
		const int dir = jet_walk_fd(w, err);

		if (dir < 0)
			return dir;
		rc = jet_store_can_read(w->archive, dir, name);
		if (rc == -EACCES)
			return put_unreadable(w, EACCES, err);
	}
	rc = put_hardlink(w, err);
	/* Not before: a second name of a file that has its data has it too. */
	if (w->entry.flags & JET_ENTRY_EMPTIED)
		w->entry.size = 0;
	return rc < 0 ? rc : 1;
}
