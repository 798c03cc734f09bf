/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left out is the difference between two walks in the same order: one
 * over everything, and one as the builder does it.  So it is exact by
 * construction, also for directories that turn out to be needed only after
 * entries below them were passed.
 */
#include "base/error.h"
#include "base/path.h"
#include "context/walk_private.h"

int jet_survey_open(struct jet_walk *w, const char *root, const struct jet_walk_options *options,
                    struct jet_error *err)
{
	struct jet_walk_options inner = *options;

	inner.flags &= ~(uint32_t)JET_WALK_IGNORED;
	w->shipped_given = true; /* the first one is yet to come */
	return jet_walk_open(root, &inner, &w->shipped, err);
}

static int order(const struct jet_entry *a, const struct jet_entry *b)
{
	return jet_path_order(a->path, a->path_len, b->path, b->path_len);
}

/* Says why an entry that the rules keep is not among those that ship. */
static void mark(struct jet_walk *w, struct jet_entry *e)
{
	if (e->flags & JET_ENTRY_IGNORED)
		return;
	if (jet_walk_removes(w->shipped, e->path, e->path_len))
		e->flags |= JET_ENTRY_REMOVED;
	else if (e->type == JET_TYPE_SOCKET || e->error ||
	         (e->type == JET_TYPE_DIR && e->rule && !e->rule->negated))
		e->flags |= JET_ENTRY_IGNORED;
	else
		e->flags |= w->shipped->guide ? JET_ENTRY_UNNEEDED : JET_ENTRY_PRUNED;
}

/* Both sides have an entry at hand, or are at their end.  1: @entry is set. */
static int merge(struct jet_walk *w, const struct jet_entry **entry)
{
	int cmp = !w->held ? -1 : !w->next_shipped ? 1 : order(w->next_shipped, w->held);

	if (!w->held && !w->next_shipped)
		return 0;
	/* Something that ships but was not there when everything was read has
	 * just been made: it ships all the same. */
	if (cmp <= 0) {
		*entry = w->next_shipped;
		w->shipped_given = true;
		if (cmp == 0)
			w->held = NULL;
		return 1;
	}
	mark(w, &w->entry);
	w->counts.ignored++;
	*entry = w->held;
	w->held = NULL;
	return 1;
}

int jet_survey_next(struct jet_walk *w, const struct jet_entry **entry, struct jet_error *err)
{
	int rc;

	if (w->shipped_given) {
		rc = jet_walk_next(w->shipped, &w->next_shipped, err);
		if (rc < 0)
			return rc;
		w->shipped_given = false;
	}
	if (!w->held) {
		rc = jet_walk_step(w, &w->held, err);
		if (rc < 0)
			return rc;
		if (rc == 0) {
			w->held = NULL;
			w->over = !w->next_shipped;
		}
	}
	return merge(w, entry);
}
