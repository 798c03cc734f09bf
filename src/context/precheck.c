/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Before it walks, the classic client goes through the whole tree to see
 * whether it can be read.  It asks about every path on its own, does not look
 * into ignored directories whatever negated rules say, and reads a directory
 * before it judges it.  Only a user whom permissions stop has to do the same.
 */
#include "base/error.h"
#include "context/walk_private.h"

#include <errno.h>
#include <string.h>

struct checker {
	struct jet_walk *w;
	struct jet_frames frames;
	struct jet_buf path;
	struct jet_error *err;
};

static int fail_at(struct checker *c, int error)
{
	if (error == ENOMEM)
		return jet_fail_nomem(c->err);
	return jet_fail_errno(c->err, JET_E_UNREADABLE, error, c->path.data,
	                      "the builder cannot read this and stops");
}

/* Puts the directory at c->path on the stack.  0 or a negative errno. */
static int enter(struct checker *c, int fd)
{
	struct jet_os_name name;
	struct jet_os_stat st;
	struct jet_record *r;
	bool any = false;
	int rc = jet_frames_push(&c->frames, fd, c->path.len);

	if (rc == 0)
		rc = jet_store_dir_start(c->w->archive, &c->w->reader, fd);
	while (rc == 0 && (rc = jet_store_dir_next(c->w->archive, &c->w->reader, &name)) == 1) {
		any = true;
		r = jet_frames_add(&c->frames, name.text, name.len);
		if (!r)
			return -ENOMEM;
		if (name.type == JET_TYPE_UNKNOWN && jet_store_stat(c->w->archive, fd, name.text, &st) == 0)
			name.type = st.type;
		r->type = (uint8_t)name.type;
		rc = 0;
	}
	if (rc == 0 && any)
		rc = jet_store_can_search(c->w->archive, fd);
	if (rc == 0)
		jet_frames_sort(&c->frames);
	return rc;
}

static int ignored(struct checker *c, bool *answer)
{
	struct jet_verdict v = { JET_KEPT, false, NULL };
	int rc = 0;

	if (c->w->judge.matcher)
		rc = jet_matcher_path(c->w->judge.matcher, c->w->judge.dialect->alone, c->path.data,
		                      c->path.len, &v);
	/* A rule that does not compile is found by the walk, with its line. */
	*answer = v.answer != JET_KEPT;
	return rc == JET_E_NOMEM ? jet_fail_nomem(c->err) : 0;
}

static int check_dir(struct checker *c, const char *name)
{
	int fd = jet_store_open_dir(c->w->archive, jet_frames_top(&c->frames)->fd, name);
	bool skip;
	int rc = fd;

	if (fd >= 0)
		rc = enter(c, fd);
	if (rc < 0 && rc != -ENOENT && rc != -ENOTDIR && rc != -ELOOP)
		return fail_at(c, -rc);
	if (fd < 0)
		return 0;
	rc = ignored(c, &skip);
	if (rc == 0 && skip && jet_frames_pop(&c->frames) < 0)
		rc = fail_at(c, EIO);
	return rc;
}

static int check(struct checker *c, const struct jet_record *r)
{
	const struct jet_frame_dir *dir = jet_frames_top(&c->frames);
	const char *name;
	bool skip;
	int rc;

	c->path.len = dir->path_len;
	if ((c->path.len && jet_buf_byte(&c->path, '/') < 0) ||
	    jet_buf_append(&c->path, c->frames.names.data + r->name, r->len) < 0 ||
	    jet_buf_terminate(&c->path) < 0)
		return jet_fail_nomem(c->err);
	name = c->path.data + c->path.len - r->len;
	if (r->type == JET_TYPE_DIR)
		return check_dir(c, name);
	if (r->type == JET_TYPE_SYMLINK || r->type == JET_TYPE_FIFO)
		return 0;
	rc = ignored(c, &skip);
	if (rc < 0 || skip)
		return rc;
	return jet_store_can_read(c->w->archive, dir->fd, name) == -EACCES ? fail_at(c, EACCES) : 0;
}

static int run(struct checker *c)
{
	int rc = 0;

	while (rc == 0) {
		struct jet_frame_dir *dir = jet_frames_top(&c->frames);

		if (dir->next < dir->end) {
			const struct jet_record r = c->frames.records[dir->next++];

			rc = check(c, &r);
		} else if (c->frames.n == 1) {
			break;
		} else if (jet_frames_pop(&c->frames) < 0) {
			rc = fail_at(c, EIO);
		}
	}
	return rc;
}

int jet_precheck(struct jet_walk *w, int root, struct jet_error *err)
{
	struct checker c = { .w = w, .frames.archive = w->archive, .err = err };
	int fd = jet_store_open_dir(w->archive, root, "."), rc;

	if (jet_buf_reserve(&c.path, 256) < 0 || jet_buf_terminate(&c.path) < 0) {
		if (fd >= 0)
			jet_store_close(w->archive, fd);
		return jet_fail_nomem(err);
	}
	rc = fd < 0 ? fd : enter(&c, fd);
	rc = rc < 0 ? fail_at(&c, -rc) : run(&c);
	jet_frames_clear(&c.frames);
	jet_buf_clear(&c.path);
	return rc;
}
