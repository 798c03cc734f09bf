/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/path.h"
#include "context/walk_private.h"
#include "match/order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * A directory is read in one go: every name is asked about, what is left is
 * sorted, and the records are then worked off one by one.  A directory that is
 * entered goes on the stack before it is an entry itself, because an ignored
 * one is an entry only once something below it turns out to be kept.
 */

/* ---- failures ----------------------------------------------------------- */

/* A directory could not be read: it is at hand, as an entry with an error, or
 * passed over (0), or the walk ends (a negative enum jet_code). */
static int dir_failed(struct jet_walk *w, const struct jet_record *r, int error,
                      struct jet_error *err)
{
	if (error == ENOMEM)
		return jet_fail_nomem(err);
	if (error == EMFILE || error == ENFILE)
		return jet_fail_errno(err, JET_E_IO, error, w->path.data, "cannot open");
	if (error == ELOOP || error == ENOTDIR)
		return jet_fail(err, JET_E_CHANGED, w->path.data,
		                "was a directory and is none any more");
	/* What has vanished is reported, but no builder stops at it. */
	if (w->mode == JET_MODE_SHIPPED && error != ENOENT) {
		if (!w->judge.dialect->checks_before)
			return jet_fail_errno(err, JET_E_UNREADABLE, error, w->path.data,
			                      "the builder cannot read this directory and stops");
		/* The classic client has been through the tree and seen no harm:
		 * now it only says so and goes on. */
		w->counts.ignored++;
		return 0;
	}
	if (r->state == JET_RECORD_IGNORED && w->mode == JET_MODE_SHIPPED)
		return 0;
	w->file = *r;
	w->file_error = error;
	w->has_file = true;
	return 0;
}

/* ---- entering ----------------------------------------------------------- */

/* A directory in the innermost one.  A descriptor or a negative errno. */
static int open_dir(struct jet_walk *w, const char *name)
{
	const int parent = jet_frames_fd(&w->frames);

	return parent < 0 ? parent : jet_store_open_dir(w->archive, parent, name);
}

/* Would the builder have stumbled where this walk saves itself the way? */
static int probe(struct jet_walk *w, const char *name, struct jet_error *err)
{
	int fd, rc;

	if (w->reads_all || w->judge.dialect->checks_before)
		return 0;
	fd = open_dir(w, name);
	rc = fd < 0 ? fd : jet_store_can_search(w->archive, fd);
	if (fd >= 0)
		jet_store_close(w->archive, fd);
	if (rc != -EACCES)
		return 0;
	return jet_fail_errno(err, JET_E_UNREADABLE, EACCES, w->path.data,
	                      "the builder looks into this ignored directory and stops");
}

/* A directory: need it be looked into?  The judge and the guide are inside it
 * afterwards if so.  1 yes, 0 no, or a negative enum jet_code. */
static int go_into(struct jet_walk *w, const struct jet_record *r, struct jet_error *err)
{
	const bool shipped = w->mode == JET_MODE_SHIPPED;
	const bool ignored = shipped && r->state == JET_RECORD_IGNORED;
	const char *name = w->path.data + w->path.len - r->len;

	switch (jet_judge_enter(&w->judge, (struct jet_str){ w->path.data, w->path.len }, r->len,
	                        ignored, shipped && r->left)) {
	case JET_PASSAGE_OPEN:
		break;
	case JET_PASSAGE_PRUNED:
		w->counts.pruned_dirs++;
		return 0;
	case JET_PASSAGE_DEAD:
		w->counts.pruned_dirs++;
		return probe(w, name, err);
	case JET_PASSAGE_UNSENT:
		return 0;
	default:
		return jet_fail_nomem(err);
	}
	if (w->guide && jet_guide_push(w->guide, name, r->len) < 0)
		return jet_fail_nomem(err);
	return 1;
}

static void step_out(struct jet_walk *w)
{
	jet_judge_pop(&w->judge);
	if (w->guide)
		jet_guide_pop(w->guide);
}

/* Puts a directory that the judge and the guide are inside on the stack, with its
 * names.  0 or a negative errno. */
static int push_dir(struct jet_walk *w, const struct jet_record *r)
{
	const bool later = w->guide && jet_guide_knows_names(w->guide);
	const int fd = later ? -1 : open_dir(w, w->path.data + w->path.len - r->len);
	struct jet_frame_dir *dir;
	int rc;

	if (fd < 0 && !later)
		return fd;
	rc = jet_frames_push(&w->frames, fd, w->path.len);
	if (rc < 0)
		return rc;
	dir = jet_frames_top(&w->frames);
	dir->kept = (r->state != JET_RECORD_IGNORED && !r->left) || r->wanted ||
	            w->mode != JET_MODE_SHIPPED;
	dir->quiet = w->guide && !r->by;
	dir->rule = r->rule;
	dir->by = r->by;
	rc = jet_walk_read_names(w);
	if (rc < 0)
		(void)jet_frames_pop(&w->frames);
	return rc;
}

/* Enters a directory that can be read and has to be.  0 or a negative enum jet_code. */
static int enter(struct jet_walk *w, const struct jet_record *r, struct jet_error *err)
{
	int rc = go_into(w, r, err);

	/* Nothing below it is to be read, but it has to be there. */
	if (rc == 0 && r->wanted) {
		w->file = *r;
		w->file_error = 0;
		w->has_file = true;
	}
	if (rc <= 0)
		return rc;
	rc = push_dir(w, r);
	if (rc >= 0)
		return 0;
	step_out(w);
	return dir_failed(w, r, -rc, err);
}

static int leave(struct jet_walk *w, struct jet_error *err)
{
	int rc = jet_frames_pop(&w->frames);

	step_out(w);
	if (w->nemitted > w->frames.n)
		w->nemitted = w->frames.n;
	if (rc == -ESTALE)
		return jet_fail(err, JET_E_CHANGED, w->path.data,
		                "was moved while the tree was read");
	if (rc < 0)
		return jet_fail_errno(err, JET_E_IO, -rc, w->path.data, "cannot return from");
	return 0;
}

/* ---- steps -------------------------------------------------------------- */

static int set_path(struct jet_walk *w, const struct jet_record *r)
{
	w->path.len = jet_frames_top(&w->frames)->path_len;
	if (w->path.len && jet_buf_byte(&w->path, '/') < 0)
		return -1;
	if (jet_buf_append(&w->path, w->frames.names.data + r->name, r->len) < 0)
		return -1;
	return jet_buf_terminate(&w->path);
}

/*
 * Gives the next entry of those at hand: directories on the stack that the
 * caller has not seen, then the file.  1 given; 0: none is at hand.
 */
static int give(struct jet_walk *w, struct jet_error *err)
{
	int rc;

	while (w->nemitted < w->frames.n) {
		const size_t index = w->nemitted++;
		const struct jet_frame_dir *dir = &w->frames.dirs[index];

		if (!dir->kept && (dir->quiet || !w->judge.dialect->ships_parents))
			continue;
		if (!dir->kept && w->counts.ignored)
			w->counts.ignored--;
		w->counts.dirs++;
		rc = jet_walk_fill_dir(w, index, err);
		return rc < 0 ? rc : 1;
	}
	if (!w->has_file)
		return 0;
	w->has_file = false;
	rc = jet_walk_fill_file(w, err);
	if (rc == 1 && w->entry.type == JET_TYPE_DIR)
		w->counts.dirs++;
	else if (rc == 1)
		w->counts.files++;
	w->counts.bytes += rc == 1 ? w->entry.size : 0;
	return rc;
}

/* Works on the next record.  0 or a negative enum jet_code. */
static int advance(struct jet_walk *w, const struct jet_record *r, struct jet_error *err)
{
	if (set_path(w, r) < 0)
		return jet_fail_nomem(err);
	if (r->state == JET_RECORD_FAILED && w->mode == JET_MODE_SHIPPED)
		return jet_judge_fail(&w->judge, jet_judge_rule(&w->judge, r->rule), err);
	if (r->state == JET_RECORD_UNGUIDED)
		return jet_guide_fail(w->guide, r->by, err);
	if (r->type == JET_TYPE_DIR)
		return enter(w, r, err);
	if (jet_judge_removes(&w->judge, w->path.data, w->path.len)) {
		w->counts.ignored++;
		return 0;
	}
	w->file = *r;
	w->has_file = true;
	return 0;
}

int jet_walk_step(struct jet_walk *w, const struct jet_entry **entry, struct jet_error *err)
{
	int rc = 0;

	if (w->cut) {
		w->path.data[w->cut] = '/';
		w->cut = 0;
	}
	while (rc == 0) {
		struct jet_frame_dir *dir = jet_frames_top(&w->frames);

		if (w->has_file || (w->nemitted < w->frames.n && dir->kept)) {
			rc = give(w, err);
			continue;
		}
		if (dir->next < dir->end) {
			const struct jet_record r = w->frames.records[dir->next++];

			rc = advance(w, &r, err);
			continue;
		}
		if (w->frames.n == 1) {
			w->over = true;
			return 0;
		}
		rc = leave(w, err);
	}
	if (rc < 0) {
		w->over = true;
		return rc;
	}
	*entry = &w->entry;
	return 1;
}

int jet_walk_next(struct jet_walk *w, const struct jet_entry **entry, struct jet_error *err)
{
	*entry = NULL;
	if (w->over)
		return 0;
	return w->shipped ? jet_survey_next(w, entry, err) : jet_walk_step(w, entry, err);
}

struct jet_walk_counts jet_walk_counts(const struct jet_walk *w)
{
	struct jet_walk_counts counts = w->counts;

	if (w->shipped) {
		counts = jet_walk_counts(w->shipped);
		counts.ignored = w->counts.ignored;
	}
	return counts;
}

bool jet_walk_removes(const struct jet_walk *w, const char *path, size_t len)
{
	return jet_judge_removes(&w->judge, path, len);
}

/* ---- elsewhere ---------------------------------------------------------- */

int jet_walk_focus(struct jet_walk *w, const char *path, struct jet_error *err)
{
	struct jet_frame_dir *root;
	int rc = 0;

	while (rc == 0 && w->frames.n > 1)
		rc = leave(w, err);
	if (rc < 0)
		return rc;
	root = jet_frames_top(&w->frames);
	root->next = root->end = root->first;
	w->frames.nrecords = root->first;
	w->frames.names.len = root->names;
	w->nemitted = 1;
	w->cut = 0;
	w->has_file = w->over = false;
	w->only = path;
	rc = jet_walk_read_names(w);
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	return rc < 0 ? jet_fail_errno(err, JET_E_IO, -rc, path, "cannot look up") : 0;
}

/* ---- opening ------------------------------------------------------------ */

static int open_root(struct jet_walk *w, const char *root, struct jet_error *err)
{
	int fd = jet_store_open_root(w->archive, root), rc;

	if (fd < 0)
		return jet_fail_errno(err, JET_E_IO, -fd, root, "cannot open the context");
	if (w->mode == JET_MODE_SHIPPED && w->judge.dialect->checks_before && !w->reads_all &&
	    !w->only[0]) {
		rc = jet_precheck(w, fd, err);
		if (rc < 0) {
			jet_store_close(w->archive, fd);
			return rc;
		}
	}
	rc = jet_frames_push(&w->frames, fd, 0);
	if (rc == 0) {
		w->nemitted = 1; /* the root is no entry */
		w->frames.dirs[0].kept = true;
		w->frames.dirs[0].rule = JET_NO_RULE;
		rc = jet_walk_read_names(w);
	}
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	if (rc < 0)
		return jet_fail_errno(err, JET_E_IO, -rc, root, "cannot read the context");
	return 0;
}

static int prepare(struct jet_walk *w, const struct jet_walk_options *options,
                   struct jet_error *err)
{
	struct jet_walk_options judged = *options;
	int rc;

	if (jet_buf_reserve(&w->path, 256) < 0 || jet_buf_terminate(&w->path) < 0)
		return jet_fail_nomem(err);
	if (w->mode == JET_MODE_TREE)
		judged.rs = NULL;
	/* A survey sees everything; what is sent and needed is the matter of the walk
	 * beside it. */
	rc = jet_judge_open(&w->judge, &judged, w->mode != JET_MODE_SHIPPED, err);
	if (rc == 0 && w->mode == JET_MODE_SHIPPED && options->plan &&
	    jet_guide_open(options->plan, &w->guide) < 0)
		rc = jet_fail_nomem(err);
	return rc;
}

int jet_walk_open(const char *root, const struct jet_walk_options *options,
                  struct jet_walk **walk, struct jet_error *err)
{
	struct jet_walk *w;
	int rc = options->rs ? 0 : jet_dialect_check(options->builder, err);

	*walk = NULL;
	if (rc < 0)
		return rc;
	w = calloc(1, sizeof(*w));
	if (!w)
		return jet_fail_nomem(err);
	if (options->only && !jet_path_is_plain(options->only, strlen(options->only))) {
		free(w);
		return jet_fail(err, JET_E_PATH, options->only, "is no plain path below the context");
	}
	w->flags = options->flags;
	if (w->flags & JET_WALK_HARDLINKS)
		w->flags |= JET_WALK_STAT;
	w->mode = w->flags & JET_WALK_EVERYTHING ? JET_MODE_TREE
	          : w->flags & JET_WALK_IGNORED  ? JET_MODE_SURVEY
	                                         : JET_MODE_SHIPPED;
	w->archive = w->frames.archive = options->archive;
	w->reads_all = jet_store_reads_all(w->archive);
	w->only = options->only ? options->only : "";
	rc = prepare(w, options, err);
	if (rc == 0 && w->mode == JET_MODE_SURVEY)
		rc = jet_survey_open(w, root, options, err);
	if (rc == 0)
		rc = open_root(w, root, err);
	if (rc < 0) {
		jet_walk_close(w);
		return rc;
	}
	*walk = w;
	return 0;
}

void jet_walk_close(struct jet_walk *w)
{
	if (!w)
		return;
	jet_walk_close(w->shipped);
	if (w->has_above)
		jet_store_close(w->archive, w->above);
	jet_frames_clear(&w->frames);
	jet_store_dir_clear(&w->reader);
	jet_judge_close(&w->judge);
	jet_guide_close(w->guide);
	jet_hardlinks_clear(&w->hardlinks);
	jet_buf_clear(&w->path);
	jet_buf_clear(&w->target);
	free(w);
}
