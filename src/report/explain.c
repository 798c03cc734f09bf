/* SPDX-License-Identifier: Apache-2.0 */
#include "report/explain.h"

#include "base/error.h"
#include "base/os.h"
#include "base/path.h"
#include "context/focus.h"
#include "context/judge.h"
#include "context/look.h"
#include "context/resolve.h"
#include "context/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct jet_explainer {
	const struct jet_ruleset *rs; /* NULL: no rules */
	struct jet_walk *walk;        /* NULL before the first path */
	struct jet_walk *along;       /* the same along the plan */
	uint32_t *by;                 /* of the last answer */
	size_t by_capacity;
	struct jet_matcher *matcher;
	struct jet_trace *trace;
	size_t max;
	struct jet_tree *tree;        /* for what the walk does not find */
	const char *root_path;
	struct jet_walk_options options; /* without the plan */
	struct jet_walk_options planned; /* with it */
};

int jet_explainer_open(const char *root, const struct jet_walk_options *options,
                       struct jet_explainer **out, struct jet_error *err)
{
	struct jet_explainer *ex = calloc(1, sizeof(*ex));
	int rc = 0;

	*out = NULL;
	if (!ex)
		return jet_fail_nomem(err);
	ex->rs = options->rs;
	ex->root_path = root;
	ex->options = *options;
	ex->options.flags = JET_WALK_STAT; /* can it be read? */
	ex->planned = ex->options;
	ex->options.plan = NULL;
	ex->options.sent = NULL;
	ex->max = ex->rs ? jet_ruleset_count(ex->rs) + 1 : 1;
	ex->trace = calloc(ex->max, sizeof(*ex->trace));
	rc = jet_tree_open(options->archive, root, &ex->tree);
	if (rc < 0 && rc != -ENOMEM)
		rc = jet_fail_errno(err, JET_E_IO, -rc, root, "cannot open the context");
	else if (rc < 0 || !ex->trace || (ex->rs && jet_matcher_open(ex->rs, &ex->matcher) < 0))
		rc = jet_fail_nomem(err);
	if (rc < 0)
		jet_explainer_close(ex);
	else
		*out = ex;
	return rc;
}

void jet_explainer_close(struct jet_explainer *ex)
{
	if (!ex)
		return;
	jet_walk_close(ex->walk);
	jet_walk_close(ex->along);
	free(ex->by);
	jet_matcher_close(ex->matcher);
	jet_tree_close(ex->tree);
	free(ex->trace);
	free(ex);
}

/* ---- the rules ---------------------------------------------------------- */

static int ask_rules(struct jet_explainer *ex, const char *path, struct jet_explanation *out)
{
	const size_t len = strlen(path);
	int rc;

	if (!ex->matcher)
		return 0;
	rc = jet_matcher_path(ex->matcher, JET_ORDER_BUILDER, path, len, &out->verdict);
	if (rc == 0)
		rc = jet_matcher_trace(ex->matcher, JET_ORDER_BUILDER, path, len, ex->trace, ex->max,
		                       &out->ntrace);
	out->trace = ex->trace;
	return rc;
}

/* The outermost ignored directory on the way that the builder does not read. */
static int find_pruned(struct jet_explainer *ex, const char *path, struct jet_explanation *out)
{
	for (size_t i = 0; path[i]; i++) {
		struct jet_verdict v;
		int rc;

		if (path[i] != '/')
			continue;
		rc = jet_matcher_path(ex->matcher, JET_ORDER_BUILDER, path, i, &v);
		if (rc < 0)
			return rc;
		if (v.answer == JET_IGNORED && jet_matcher_prunes(ex->matcher, path, i)) {
			out->pruned_len = i;
			out->pruned_rule = v.rule;
			return 0;
		}
	}
	return 0;
}

/* ---- the walk ----------------------------------------------------------- */

static int start_walk(struct jet_explainer *ex, struct jet_walk **walk,
                      struct jet_walk_options *options, const char *path, struct jet_error *err)
{
	if (*walk)
		return jet_walk_focus(*walk, path, err);
	options->only = path;
	return jet_walk_open(ex->root_path, options, walk, err);
}

enum { NOWHERE, HERE, BELOW };

/* Does the walk come to the path, or only to something below it? */
static int find_entry(struct jet_explainer *ex, struct jet_walk **walk,
                      struct jet_walk_options *options, const char *path,
                      const struct jet_entry **entry, struct jet_error *err)
{
	const size_t len = strlen(path);
	int rc = start_walk(ex, walk, options, path, err);

	if (rc < 0)
		return rc;
	while ((rc = jet_walk_next(*walk, entry, err)) == 1) {
		if ((*entry)->path_len == len)
			return HERE;
		if ((*entry)->path_len > len)
			return BELOW;
	}
	return rc;
}

static int keep_by(struct jet_explainer *ex, const struct jet_entry *entry,
                   struct jet_explanation *out, struct jet_error *err)
{
	if (entry->nby > ex->by_capacity) {
		uint32_t *grown = realloc(ex->by, entry->nby * sizeof(*grown));

		if (!grown)
			return jet_fail_nomem(err);
		ex->by = grown;
		ex->by_capacity = entry->nby;
	}
	if (entry->nby)
		memcpy(ex->by, entry->by, entry->nby * sizeof(*ex->by));
	out->by = ex->by;
	out->nby = entry->nby;
	return 0;
}

/* It would ship: does anybody read it? */
static int explain_need(struct jet_explainer *ex, const char *path, struct jet_explanation *out,
                        struct jet_error *err)
{
	const struct jet_entry *entry;
	const int rc = find_entry(ex, &ex->along, &ex->planned, path, &entry, err);

	if (rc < 0)
		return rc;
	if (rc == NOWHERE) {
		out->fate = JET_FATE_NOT_NEEDED;
		out->reason = JET_REASON_RULE;
		return 0;
	}
	/* It is no entry: unpacking what is below makes it anew. */
	if (rc == BELOW) {
		out->fate = JET_FATE_NOT_NEEDED;
		out->reason = JET_REASON_IMPLIED;
	}
	return keep_by(ex, entry, out, err);
}

/* The classic client looks before it walks whether all that it asks about on its own
 * can be read. */
static bool stops_at(struct jet_explainer *ex, const char *path)
{
	const struct jet_dialect *dialect = jet_dialect_of(jet_walk_builder(&ex->options));
	struct jet_verdict v = { JET_KEPT, false, NULL };

	if (!dialect->checks_before || jet_store_reads_all(ex->options.archive))
		return false;
	if (ex->matcher)
		jet_matcher_path(ex->matcher, dialect->alone, path, strlen(path), &v);
	return v.answer == JET_KEPT;
}

static int explain_absent(struct jet_explainer *ex, const char *path, struct jet_explanation *out,
                          struct jet_error *err)
{
	struct jet_tree_node *node;
	int rc;

	/* Every question is about the tree as it is now. */
	jet_tree_forget(ex->tree);
	rc = jet_tree_path(ex->tree, (struct jet_str){ path, strlen(path) }, &node);
	if (rc == -ENOENT) {
		out->fate = JET_FATE_MISSING;
		return 0;
	}
	/* Where a directory may not be searched, only the rules are known. */
	if (rc < 0 && rc != -EACCES)
		return jet_fail_errno(err, JET_E_IO, -rc, path, "cannot look up");
	out->fate = JET_FATE_LEFT_OUT;
	/* Where the rules leave it out anyway, they are the reason. */
	if (out->verdict.answer == JET_KEPT && jet_walk_removes(ex->walk, path, strlen(path)))
		out->reason = JET_REASON_REMOVED;
	else if (out->verdict.answer == JET_KEPT && rc == 0 && node->type == JET_TYPE_SOCKET)
		out->reason = JET_REASON_SOCKET;
	else if (out->verdict.answer == JET_KEPT) {
		if (ex->matcher && find_pruned(ex, path, out) < 0)
			return jet_fail_nomem(err);
		out->reason = out->pruned_len ? JET_REASON_PRUNED : JET_REASON_UNREADABLE;
		if (!out->pruned_len && stops_at(ex, path))
			return jet_fail_errno(err, JET_E_UNREADABLE, EACCES, path,
			                      "the builder cannot read this and stops");
	}
	return 0;
}

/* A builder that went through everything would stop on the way.  One that is asked for
 * what is needed does not come there, or there would be no plan. */
static int explain_unread(struct jet_explainer *ex, const char *path, struct jet_explanation *out,
                          struct jet_error *err)
{
	if (out->verdict.answer == JET_KEPT)
		return explain_need(ex, path, out, err);
	out->fate = JET_FATE_LEFT_OUT;
	return 0;
}

int jet_explain(struct jet_explainer *ex, const char *path, struct jet_explanation *out,
                struct jet_error *err)
{
	const struct jet_entry *entry;
	int rc;

	*out = (struct jet_explanation){ .fate = JET_FATE_SHIPPED, .verdict = { JET_KEPT, false, NULL } };
	if (!path[0])
		return 0;
	rc = ask_rules(ex, path, out);
	if (rc == JET_E_PATH)
		return jet_fail(err, rc, path, "is no plain path below the context");
	if (rc < 0)
		return jet_fail_nomem(err);
	if (out->verdict.answer == JET_FAILED)
		return jet_judge_fail_rule(ex->rs, out->verdict.rule, err);
	rc = find_entry(ex, &ex->walk, &ex->options, path, &entry, err);
	if (rc == JET_E_UNREADABLE && ex->planned.plan)
		return explain_unread(ex, path, out, err);
	if (rc < 0)
		return rc;
	if (rc != HERE)
		return explain_absent(ex, path, out, err);
	if (entry->flags & JET_ENTRY_IMPLIED)
		out->reason = JET_REASON_IMPLIED;
	else if (entry->flags & JET_ENTRY_EMPTIED)
		out->reason = entry->error ? JET_REASON_UNREADABLE : JET_REASON_EMPTIED;
	return ex->planned.plan ? explain_need(ex, path, out, err) : 0;
}

int jet_explain_nearest(struct jet_explainer *ex, const char *path, struct jet_buf *nearest,
                        struct jet_error *err)
{
	struct jet_look *look;
	int rc;

	jet_tree_forget(ex->tree);
	rc = jet_look_open(ex->root_path, ex->tree, &ex->options, &look, err);
	if (rc == 0 && jet_look_nearest(look, (struct jet_str){ path, strlen(path) }, nearest) < 0)
		rc = jet_fail_nomem(err);
	jet_look_close(look);
	return rc;
}

/* The directory that the last name of @path is in, links followed, and that name in it. */
static int find_real(struct jet_explainer *ex, struct jet_str path, struct jet_tree_node **node)
{
	const struct jet_resolver r = { .tree = ex->tree };
	const size_t base = jet_path_base(path.data, path.len);
	const struct jet_str parent = { path.data, base };
	struct jet_tree_node *dir;
	const int rc = jet_resolve(&r, parent, &dir);

	return rc < 0 ? rc
	              : jet_tree_find(ex->tree, dir, (struct jet_str){ path.data + base, path.len - base },
	                              node);
}

int jet_explain_real(struct jet_explainer *ex, const char *path, struct jet_buf *real,
                     struct jet_error *err)
{
	const struct jet_str text = { path, strlen(path) };
	const size_t before = real->len;
	struct jet_tree_node *node;

	jet_tree_forget(ex->tree);
	if (find_real(ex, text, &node) < 0)
		return 0;
	if (jet_tree_node_path(node, real) < 0 || jet_buf_terminate(real) < 0)
		return jet_fail_nomem(err);
	if (jet_str_cmp((struct jet_str){ real->data + before, real->len - before }, text) == 0)
		real->len = before;
	return 0;
}
