/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/path.h"
#include "context/walk_private.h"
#include "match/matcher.h"
#include "match/order.h"
#include "match/ruleset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A directory is read in one go: every name is asked about, what is left is
 * sorted, and the records are then worked off one by one.  A directory that is
 * entered goes on the stack before it is an entry itself, because an ignored
 * one is an entry only once something below it turns out to be kept.
 */

const struct jet_rule *jet_walk_rule(const struct jet_walk *w, uint32_t index)
{
	if (index == JET_NO_RULE)
		return NULL;
	if (index < jet_ruleset_count(w->rs))
		return jet_ruleset_rule(w->rs, index);
	return jet_ruleset_rule(w->extended, index);
}

/* ---- reading a directory ------------------------------------------------ */

static enum jet_record_state state_of(const struct jet_verdict *v)
{
	if (v->answer == JET_FAILED)
		return JET_RECORD_FAILED;
	if (v->answer == JET_IGNORED)
		return JET_RECORD_IGNORED;
	return v->emptied ? JET_RECORD_EMPTIED : JET_RECORD_KEPT;
}

/* What is to become of a name. */
struct fate {
	struct jet_verdict v;
	struct jet_guidance g;
	bool sent;
};

static int judge(struct jet_walk *w, const struct jet_os_name *name, struct fate *f)
{
	struct jet_verdict sent = { JET_IGNORED, false, NULL };

	*f = (struct fate){ .v = { JET_KEPT, false, NULL }, .g = { .enter = true } };
	if (w->matcher && jet_matcher_ask(w->matcher, name->text, name->len, &f->v) < 0)
		return -ENOMEM;
	if (w->sent && jet_matcher_ask(w->sent, name->text, name->len, &sent) < 0)
		return -ENOMEM;
	if (w->guide && jet_guide_ask(w->guide, name->text, name->len, &f->g) < 0)
		return -ENOMEM;
	/* Their rules are none of the ignore file's. */
	if (sent.answer == JET_FAILED || f->g.failed)
		f->v = (struct jet_verdict){ JET_FAILED, false, NULL };
	f->sent = sent.answer == JET_IGNORED && (!w->guide || f->g.by);
	return 0;
}

/* Judges one name and keeps it if the walk has to come back to it. */
static int take_name(struct jet_walk *w, int fd, const struct jet_os_name *name)
{
	struct jet_record *r;
	enum jet_type type = name->type;
	struct jet_os_stat st;
	struct fate f;

	if (judge(w, name, &f) < 0)
		return -ENOMEM;
	/* What has vanished meanwhile stays unknown, and is reported later. */
	if (type == JET_TYPE_UNKNOWN && jet_os_stat(fd, name->text, &st) == 0)
		type = st.type;
	if (f.v.answer == JET_IGNORED && w->mode == JET_MODE_SHIPPED) {
		w->counts.ignored++;
		if (type != JET_TYPE_DIR)
			return 0;
	}
	if (f.v.answer != JET_FAILED && !f.sent && !(type == JET_TYPE_DIR && f.g.enter))
		return 0;
	r = jet_frames_add(&w->frames, name->text, name->len);
	if (!r)
		return -ENOMEM;
	r->type = (uint8_t)type;
	r->state = (uint8_t)state_of(&f.v);
	r->rule = f.v.rule ? f.v.rule->index : JET_NO_RULE;
	r->by = f.g.by;
	r->left = !f.sent;
	return 0;
}

/* The one name in the innermost directory that leads to w->only; its length is
 * 0 when that has been reached. */
static struct jet_os_name next_only(const struct jet_walk *w)
{
	struct jet_os_name name = { .text = w->only, .type = JET_TYPE_UNKNOWN };

	for (size_t depth = 1; depth < w->frames.n && name.text[0]; depth++) {
		name.text += strcspn(name.text, "/");
		name.text += name.text[0] == '/';
	}
	name.len = strcspn(name.text, "/");
	return name;
}

static int take_only(struct jet_walk *w, int fd, struct jet_os_name name)
{
	struct jet_os_stat st;
	char *text = strndup(name.text, name.len);
	int rc = text ? jet_os_stat(fd, text, &st) : -ENOMEM;

	if (rc == 0) {
		name.text = text;
		name.type = st.type;
		rc = take_name(w, fd, &name);
	}
	free(text);
	return rc == -ENOENT || rc == -ENAMETOOLONG ? 0 : rc;
}

/* Only the names that lead to something needed. */
static int take_guided(struct jet_walk *w, int fd)
{
	struct jet_os_name name = { .type = JET_TYPE_UNKNOWN };
	struct jet_str text;
	size_t at = 0;
	int rc = 0;

	while (rc == 0 && jet_guide_next_name(w->guide, &at, &text)) {
		name.text = text.data;
		name.len = text.len;
		rc = take_only(w, fd, name);
	}
	return rc;
}

/* The names of the innermost directory.  0 or a negative errno. */
static int read_names(struct jet_walk *w)
{
	const int fd = jet_frames_top(&w->frames)->fd;
	struct jet_os_name name = next_only(w);
	bool any = false;
	int rc;

	if (name.len)
		return take_only(w, fd, name);
	if (w->guide && !jet_guide_reads_all(w->guide))
		return take_guided(w, fd);
	rc = jet_os_dir_start(w->reader, fd);
	if (rc < 0)
		return rc;
	while ((rc = jet_os_dir_next(w->reader, &name)) == 1) {
		any = true;
		rc = take_name(w, fd, &name);
		if (rc < 0)
			return rc;
	}
	/* Without the permission to search, names can be read, but every builder
	 * stumbles over them. */
	if (rc == 0 && any && !w->reads_all)
		rc = jet_os_can_search(fd);
	if (rc == 0)
		jet_frames_sort(&w->frames);
	return rc;
}

/* ---- failures ----------------------------------------------------------- */

static int fail_pattern(const struct jet_walk *w, const struct jet_record *r, struct jet_error *err)
{
	const struct jet_rule *rule = w->rs ? jet_walk_rule(w, r->rule) : NULL;

	if (!rule || !rule->fault)
		return jet_fail(err, JET_E_PATTERN, w->path.data,
		                "syntax error in a pattern that was asked about this");
	jet_fail(err, JET_E_PATTERN, jet_ruleset_name(w->rs), "syntax error in pattern: %.*s (%s)",
	         rule->text_len < 100 ? (int)rule->text_len : 100, rule->text,
	         rule->fault ? rule->fault : "cannot be compiled");
	if (err)
		err->line = rule->line;
	return JET_E_PATTERN;
}

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
		if (!w->dialect->checks_before)
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

/* Would the builder have stumbled where this walk saves itself the way? */
static int probe(struct jet_walk *w, const char *name, struct jet_error *err)
{
	int fd, rc;

	if (w->reads_all || w->dialect->checks_before)
		return 0;
	fd = jet_os_open_dir(jet_frames_top(&w->frames)->fd, name);
	rc = fd < 0 ? fd : jet_os_can_search(fd);
	if (fd >= 0)
		close(fd);
	if (rc != -EACCES)
		return 0;
	return jet_fail_errno(err, JET_E_UNREADABLE, EACCES, w->path.data,
	                      "the builder looks into this ignored directory and stops");
}

/*
 * An ignored directory: need it be looked into?  The matcher is inside it
 * afterwards if so.  1 yes, 0 no, or a negative enum jet_code.
 */
static int go_into(struct jet_walk *w, const char *name, size_t len, bool ignored,
                   struct jet_error *err)
{
	if (!w->matcher)
		return 1;
	ignored = ignored && w->mode == JET_MODE_SHIPPED;
	if (ignored && jet_matcher_prunes(w->matcher, w->path.data, w->path.len)) {
		w->counts.pruned_dirs++;
		return 0;
	}
	if (jet_matcher_push(w->matcher, name, len) < 0)
		return jet_fail_nomem(err);
	if (!ignored || !jet_matcher_dead(w->matcher))
		return 1;
	jet_matcher_pop(w->matcher);
	w->counts.pruned_dirs++;
	return probe(w, name, err);
}

static void step_out(struct jet_walk *w)
{
	if (w->matcher)
		jet_matcher_pop(w->matcher);
	if (w->sent)
		jet_matcher_pop(w->sent);
	if (w->guide)
		jet_guide_pop(w->guide);
}

/* The same for what is sent and needed.  As go_into(). */
static int go_further(struct jet_walk *w, const char *name, size_t len, bool left,
                      struct jet_error *err)
{
	if (w->sent && jet_matcher_push(w->sent, name, len) < 0)
		return jet_fail_nomem(err);
	if (w->sent && left && jet_matcher_idle(w->sent)) {
		jet_matcher_pop(w->sent);
		if (w->matcher)
			jet_matcher_pop(w->matcher);
		return 0;
	}
	if (w->guide && jet_guide_push(w->guide, name, len) < 0)
		return jet_fail_nomem(err);
	return 1;
}

/* Puts a directory on the stack, where it can be read and has to be.  0 or a
 * negative enum jet_code. */
static int enter(struct jet_walk *w, const struct jet_record *r, struct jet_error *err)
{
	const char *name = w->path.data + w->path.len - r->len;
	const bool ignored = r->state == JET_RECORD_IGNORED;
	struct jet_frame_dir *dir;
	int fd, rc = go_into(w, name, r->len, ignored, err);

	if (rc > 0)
		rc = go_further(w, name, r->len, r->left, err);
	if (rc <= 0)
		return rc;
	fd = jet_os_open_dir(jet_frames_top(&w->frames)->fd, name);
	rc = fd;
	if (fd >= 0) {
		rc = jet_frames_push(&w->frames, fd, w->path.len);
		if (rc == 0) {
			dir = jet_frames_top(&w->frames);
			dir->kept = (!ignored && !r->left) || w->mode != JET_MODE_SHIPPED;
			dir->quiet = !dir->kept && w->guide && jet_guide_quiet(w->guide);
			dir->rule = r->rule;
			dir->by = r->by;
			rc = read_names(w);
			if (rc < 0)
				(void)jet_frames_pop(&w->frames);
		}
	}
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

		if (!dir->kept && (dir->quiet || !w->dialect->ships_parents))
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
		return fail_pattern(w, r, err);
	if (r->type == JET_TYPE_DIR)
		return enter(w, r, err);
	if (jet_walk_removes(w, w->path.data, w->path.len)) {
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
	rc = read_names(w);
	if (rc == -ENOMEM)
		return jet_fail_nomem(err);
	return rc < 0 ? jet_fail_errno(err, JET_E_IO, -rc, path, "cannot look up") : 0;
}

/* ---- opening ------------------------------------------------------------ */

static int open_root(struct jet_walk *w, const char *root, struct jet_error *err)
{
	int fd = jet_os_open_root(root), rc;

	if (fd < 0)
		return jet_fail_errno(err, JET_E_IO, -fd, root, "cannot open the context");
	if (w->mode == JET_MODE_SHIPPED && w->dialect->checks_before && !w->reads_all &&
	    !w->only[0]) {
		rc = jet_precheck(w, fd, err);
		if (rc < 0) {
			close(fd);
			return rc;
		}
	}
	rc = jet_frames_push(&w->frames, fd, 0);
	if (rc == 0) {
		w->nemitted = 1; /* the root is no entry */
		w->frames.dirs[0].kept = true;
		w->frames.dirs[0].rule = JET_NO_RULE;
		rc = read_names(w);
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
	int rc = 0;

	w->reader = jet_os_dir_create();
	if (!w->reader || jet_buf_reserve(&w->path, 256) < 0 || jet_buf_terminate(&w->path) < 0)
		return jet_fail_nomem(err);
	if (w->mode == JET_MODE_SHIPPED && w->rs && w->dialect->rescues)
		rc = jet_rescue(w, options, err);
	if (rc == 0 && w->rs &&
	    jet_matcher_open(w->extended ? w->extended : w->rs, &w->matcher) < 0)
		rc = jet_fail_nomem(err);
	/* A survey sees everything; what is sent and needed is the matter of the walk
	 * beside it. */
	if (w->mode != JET_MODE_SHIPPED)
		return rc;
	if (rc == 0 && options->sent && jet_matcher_open(options->sent, &w->sent) < 0)
		rc = jet_fail_nomem(err);
	if (rc == 0 && options->plan && jet_guide_open(options->plan, &w->guide) < 0)
		rc = jet_fail_nomem(err);
	return rc;
}

int jet_walk_open(const char *root, const struct jet_walk_options *options,
                  struct jet_walk **walk, struct jet_error *err)
{
	struct jet_walk *w = calloc(1, sizeof(*w));
	int rc;

	*walk = NULL;
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
	if (w->mode != JET_MODE_TREE)
		w->rs = options->rs;
	w->dialect = jet_dialect_of(w->rs ? jet_ruleset_builder(w->rs) : options->builder);
	w->reads_all = jet_os_reads_all();
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
		close(w->above);
	jet_frames_clear(&w->frames);
	jet_os_dir_free(w->reader);
	jet_matcher_close(w->matcher);
	jet_matcher_close(w->sent);
	jet_guide_close(w->guide);
	jet_ruleset_free(w->extended);
	jet_hardlinks_clear(&w->hardlinks);
	jet_buf_clear(&w->path);
	jet_buf_clear(&w->target);
	free(w);
}
