/* SPDX-License-Identifier: Apache-2.0 */
#include "context/walk_private.h"
#include "match/order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What is to become of a name. */
struct fate {
	struct jet_verdict v;
	struct jet_guidance g;
	bool sent;
};

static bool has_failed(const struct fate *f)
{
	return f->v.answer == JET_FAILED || f->g.failed;
}

static enum jet_record_state state_of(const struct fate *f)
{
	if (has_failed(f))
		return f->v.answer == JET_FAILED ? JET_RECORD_FAILED : JET_RECORD_UNGUIDED;
	if (f->v.answer == JET_IGNORED)
		return JET_RECORD_IGNORED;
	return f->v.emptied ? JET_RECORD_EMPTIED : JET_RECORD_KEPT;
}

static int judge(struct jet_walk *w, const struct jet_os_name *name, struct fate *f)
{
	f->g = (struct jet_guidance){ .enter = true };
	if (jet_judge_ask(&w->judge, name->text, name->len, &f->v, &f->sent) < 0)
		return -ENOMEM;
	if (!w->guide)
		return 0;
	if (jet_guide_ask(w->guide, name->text, name->len, &f->g) < 0)
		return -ENOMEM;
	f->sent = f->sent && f->g.by;
	return 0;
}

/* Judges one name and keeps it if the walk has to come back to it.
 * @fd: of the directory, to find out a type that is unknown */
static int take_name(struct jet_walk *w, int fd, const struct jet_os_name *name)
{
	struct jet_record *r;
	enum jet_type type = name->type;
	struct jet_os_stat st;
	struct fate f;
	bool wanted;

	if (judge(w, name, &f) < 0)
		return -ENOMEM;
	/* What has vanished meanwhile stays unknown, and is reported later. */
	if (type == JET_TYPE_UNKNOWN && jet_store_stat(w->archive, fd, name->text, &st) == 0)
		type = st.type;
	if (f.v.answer == JET_IGNORED && w->mode == JET_MODE_SHIPPED) {
		w->counts.ignored++;
		if (type != JET_TYPE_DIR)
			return 0;
	}
	/* One that the plan found, if only because something below it ships. */
	wanted = type == JET_TYPE_DIR && f.g.exact && w->judge.dialect->ships_parents;
	if (!has_failed(&f) && !f.sent && !wanted && !(type == JET_TYPE_DIR && f.g.enter))
		return 0;
	r = jet_frames_add(&w->frames, name->text, name->len);
	if (!r)
		return -ENOMEM;
	r->type = (uint8_t)type;
	r->state = (uint8_t)state_of(&f);
	r->rule = f.v.rule ? f.v.rule->index : JET_NO_RULE;
	r->by = f.g.by;
	r->left = !f.sent;
	r->wanted = wanted;
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

static int take_only(struct jet_walk *w, struct jet_os_name name)
{
	const int fd = jet_frames_fd(&w->frames);
	struct jet_os_stat st;
	char *text = fd < 0 ? NULL : strndup(name.text, name.len);
	int rc = text ? jet_store_stat(w->archive, fd, text, &st) : fd < 0 ? fd : -ENOMEM;

	if (rc == 0) {
		name.text = text;
		name.type = st.type;
		rc = take_name(w, fd, &name);
	}
	free(text);
	return rc == -ENOENT || rc == -ENAMETOOLONG ? 0 : rc;
}

/* Only the names that lead to something needed.  The plan has seen them all, so they
 * are not looked up once more; what has changed meanwhile shows when it is opened. */
static int take_guided(struct jet_walk *w)
{
	struct jet_os_name name;
	struct jet_str text;
	size_t at = 0;
	int rc = 0;

	while (rc == 0 && jet_guide_next_name(w->guide, &at, &text, &name.type)) {
		name.text = text.data;
		name.len = text.len;
		rc = name.type == JET_TYPE_UNKNOWN ? take_only(w, name) : take_name(w, -1, &name);
	}
	return rc;
}

int jet_walk_read_names(struct jet_walk *w)
{
	struct jet_os_name name = next_only(w);
	bool any = false;
	int fd, rc;

	if (name.len)
		return take_only(w, name);
	if (w->guide && !jet_guide_reads_all(w->guide))
		return take_guided(w);
	fd = jet_frames_fd(&w->frames);
	rc = fd < 0 ? fd : jet_store_dir_start(w->archive, &w->reader, fd);
	if (rc < 0)
		return rc;
	while ((rc = jet_store_dir_next(w->archive, &w->reader, &name)) == 1) {
		any = true;
		rc = take_name(w, fd, &name);
		if (rc < 0)
			return rc;
	}
	/* Without the permission to search, names can be read, but every builder
	 * stumbles over them. */
	if (rc == 0 && any && !w->reads_all)
		rc = jet_store_can_search(w->archive, fd);
	if (rc == 0)
		jet_frames_sort(&w->frames);
	return rc;
}
