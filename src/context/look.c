/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/path.h"
#include "context/focus.h"
#include "context/look_private.h"
#include "context/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known of a node. */
enum {
	KNOWN = 1,
	PASS = 2,    /* it may be there, or something below it */
	ENTER = 4,   /* a directory that the judge can go into */
	HERE = 8,    /* it is there; only if SETTLED */
	SETTLED = 16
};

int jet_look_open(const char *root, struct jet_tree *tree, const struct jet_walk_options *options,
                  struct jet_look **out, struct jet_error *err)
{
	struct jet_look *look = calloc(1, sizeof(*look));
	int rc;

	*out = NULL;
	if (!look)
		return jet_fail_nomem(err);
	look->root = root;
	look->tree = tree;
	look->at = jet_tree_root(tree);
	look->options = *options;
	look->options.flags = 0;
	look->options.plan = NULL; /* single paths are asked for, not what is needed */
	look->reads_all = jet_store_reads_all(options->archive);
	look->err = err;
	rc = jet_judge_open(&look->judge, &look->options, false, err);
	if (rc < 0)
		jet_look_close(look);
	else
		*out = look;
	return rc;
}

void jet_look_close(struct jet_look *look)
{
	if (!look)
		return;
	jet_walk_close(look->walk);
	jet_matcher_close(look->rules);
	jet_judge_close(&look->judge);
	jet_buf_clear(&look->path);
	free(look->states);
	free(look->way);
	free(look);
}

static int set_path(struct jet_look *look, const struct jet_tree_node *node)
{
	look->path.len = 0;
	if (jet_tree_node_path(node, &look->path) < 0 || jet_buf_terminate(&look->path) < 0)
		return jet_fail_nomem(look->err);
	return 0;
}

int jet_look_fail(struct jet_error *err, const struct jet_buf *path, int error, const char *what)
{
	const int code = error == EACCES ? JET_E_UNREADABLE : JET_E_IO;
	char text[sizeof(struct jet_shown) + 80];

	snprintf(text, sizeof(text), "\"/%s\": %s", JET_SHOW(((struct jet_str){ path->data, path->len })),
	         what);
	jet_fail_errno(err, code, error, NULL, text);
	jet_error_path(err, path->data, path->len);
	return code;
}

static int fail_at(struct jet_look *look, const struct jet_tree_node *node, int error, const char *what)
{
	const int rc = set_path(look, node);

	return rc < 0 ? rc : jet_look_fail(look->err, &look->path, error, what);
}

/* What a negative errno of the tree's means. */
static int failed(struct jet_look *look, int rc)
{
	if (rc >= 0)
		return rc;
	if (rc == -ENOENT)
		return JET_LOOK_MISSING;
	if (rc == -ENOMEM)
		return jet_fail_nomem(look->err);
	return fail_at(look, jet_tree_culprit(look->tree), -rc, "cannot be read");
}

/* ---- the judge's place -------------------------------------------------- */

static int go_to(struct jet_look *look, struct jet_tree_node *dir)
{
	struct jet_tree_node *up = dir;
	size_t n = 0;

	while (look->at->depth > dir->depth) {
		jet_judge_pop(&look->judge);
		look->at = look->at->parent;
	}
	while (up != look->at) {
		struct jet_tree_node **grown;

		if (up->depth == look->at->depth) {
			jet_judge_pop(&look->judge);
			look->at = look->at->parent;
		}
		grown = jet_grow(look->way, n, &look->way_capacity, sizeof(struct jet_tree_node *));
		if (!grown)
			return jet_fail_nomem(look->err);
		look->way = grown;
		look->way[n++] = up;
		up = up->parent;
	}
	while (n-- > 0) {
		if (jet_judge_push(&look->judge, look->way[n]->name, look->way[n]->len) < 0)
			return jet_fail_nomem(look->err);
		look->at = look->way[n];
	}
	return 0;
}

/* ---- one entry ---------------------------------------------------------- */

static int judge_dir(struct jet_look *look, struct jet_tree_node *dir, bool kept, bool sent)
{
	unsigned char *state = &look->states[dir->index];
	int rc;

	switch (jet_judge_enter(&look->judge, (struct jet_str){ look->path.data, look->path.len },
	                        dir->len, !kept, !sent)) {
	case JET_PASSAGE_OPEN:
		look->at = dir;
		*state = KNOWN | PASS | ENTER | (kept && sent ? HERE | SETTLED : 0);
		return 0;
	case JET_PASSAGE_DEAD:
		*state = KNOWN | SETTLED;
		/* Here a way is saved that the builder does not save itself. */
		if (look->reads_all || look->judge.dialect->checks_before)
			return 0;
		rc = jet_tree_can_read(look->tree, dir);
		return rc == -EACCES ? fail_at(look, dir, EACCES,
		                               "the builder looks into this ignored directory and stops")
		                     : 0;
	case JET_PASSAGE_PRUNED:
	case JET_PASSAGE_UNSENT:
		*state = KNOWN | SETTLED;
		return 0;
	default:
		return jet_fail_nomem(look->err);
	}
}

static bool ships(const struct jet_look *look, const struct jet_tree_node *file)
{
	if (jet_judge_removes(&look->judge, look->path.data, look->path.len))
		return false;
	return file->type != JET_TYPE_SOCKET || look->judge.dialect->ships_sockets;
}

/* A node whose parent is known. */
static int judge_node(struct jet_look *look, struct jet_tree_node *node)
{
	struct jet_verdict v;
	bool sent;
	int rc;

	if (!(look->states[node->parent->index] & ENTER)) {
		look->states[node->index] = KNOWN | SETTLED;
		return 0;
	}
	rc = go_to(look, node->parent);
	if (rc == 0)
		rc = set_path(look, node);
	if (rc < 0)
		return rc;
	if (jet_judge_ask(&look->judge, node->name, node->len, &v, &sent) < 0)
		return jet_fail_nomem(look->err);
	if (v.answer == JET_FAILED)
		return jet_judge_fail(&look->judge, v.rule, look->err);
	if (node->type == JET_TYPE_DIR)
		return judge_dir(look, node, v.answer == JET_KEPT, sent);
	look->states[node->index] = KNOWN | SETTLED;
	if (v.answer == JET_KEPT && sent && ships(look, node))
		look->states[node->index] |= PASS | HERE;
	return 0;
}

static int grow_states(struct jet_look *look, size_t n)
{
	unsigned char *grown;

	if (n <= look->nstates)
		return 0;
	grown = realloc(look->states, n * 2);
	if (!grown)
		return jet_fail_nomem(look->err);
	memset(grown + look->nstates, 0, n * 2 - look->nstates);
	if (!look->nstates)
		grown[0] = KNOWN | PASS | ENTER | HERE | SETTLED;
	look->states = grown;
	look->nstates = n * 2;
	return 0;
}

int jet_look_pass(struct jet_look *look, struct jet_tree_node *node)
{
	int rc = grow_states(look, jet_tree_count(look->tree));

	while (rc == 0 && !(look->states[node->index] & KNOWN)) {
		struct jet_tree_node *next = node;

		/* Nearly always its parent is known already. */
		while (!(look->states[next->parent->index] & KNOWN))
			next = next->parent;
		rc = judge_node(look, next);
	}
	if (rc < 0)
		return rc;
	return look->states[node->index] & PASS ? JET_LOOK_FOUND : JET_LOOK_MISSING;
}

static int start_walk(struct jet_look *look)
{
	if (look->walk)
		return jet_walk_focus(look->walk, look->path.data, look->err);
	look->options.only = look->path.data;
	return jet_walk_open(look->root, &look->options, &look->walk, look->err);
}

/* A directory that is no entry of its own is one where something below it ships. */
static int settle(struct jet_look *look, const struct jet_tree_node *dir)
{
	const struct jet_entry *e;
	int rc = set_path(look, dir);

	if (rc == 0)
		rc = start_walk(look);
	while (rc == 0 && (rc = jet_walk_next(look->walk, &e, look->err)) == 1) {
		rc = 0;
		if (e->path_len >= look->path.len && e->error != ENOENT) {
			look->states[dir->index] |= HERE;
			break;
		}
	}
	if (rc == 0)
		look->states[dir->index] |= SETTLED;
	return rc;
}

int jet_look_see(struct jet_look *look, struct jet_tree_node *node)
{
	int rc = jet_look_pass(look, node);

	if (rc == JET_LOOK_FOUND && !(look->states[node->index] & SETTLED))
		rc = settle(look, node);
	if (rc)
		return rc;
	return look->states[node->index] & HERE ? JET_LOOK_FOUND : JET_LOOK_MISSING;
}

int jet_look_up(struct jet_look *look, struct jet_str path, struct jet_tree_node **node)
{
	int rc;

	if (!jet_path_is_plain(path.data, path.len))
		return JET_LOOK_MISSING;
	rc = failed(look, jet_tree_path(look->tree, path, node));
	return rc ? rc : jet_look_see(look, *node);
}

int jet_look_child(struct jet_look *look, struct jet_tree_node *dir, const struct jet_name *name,
                   struct jet_tree_node **node)
{
	return failed(look, jet_tree_child(look->tree, dir, name, node));
}

int jet_look_find(struct jet_look *look, struct jet_tree_node *dir, struct jet_str name,
                  struct jet_tree_node **node)
{
	return failed(look, jet_tree_find(look->tree, dir, name, node));
}

int jet_look_names(struct jet_look *look, struct jet_tree_node *dir, const struct jet_names **names)
{
	static const struct jet_names none;
	const int rc = failed(look, jet_tree_names(look->tree, dir, names));

	if (rc == JET_LOOK_MISSING)
		*names = &none;
	return rc < 0 ? rc : 0;
}

void jet_look_trim(struct jet_look *look, uint32_t mark)
{
	struct jet_tree_node *kept = look->at;

	/* A parent is always older than its children. */
	while (kept->index && kept->index >= mark)
		kept = kept->parent;
	if (!jet_tree_is_full(look->tree))
		return;
	while (look->at != kept) {
		jet_judge_pop(&look->judge);
		look->at = look->at->parent;
	}
	jet_tree_trim(look->tree, mark);
	if (jet_tree_count(look->tree) < look->nstates)
		memset(look->states + jet_tree_count(look->tree), 0,
		       look->nstates - jet_tree_count(look->tree));
}

/* ---- links -------------------------------------------------------------- */

struct watcher {
	struct jet_look *look;
	jet_link_fn fn;
	void *ctx;
};

/* The resolver knows errnos only: what else went wrong waits in look->code. */
static int as_errno(struct jet_look *look, int rc)
{
	if (rc < 0)
		look->code = rc;
	return rc == JET_LOOK_FOUND ? 0 : rc == JET_LOOK_MISSING ? -ENOENT : -ECANCELED;
}

static int watch_pass(void *ctx, struct jet_tree_node *node, bool last)
{
	const struct watcher *w = ctx;

	return as_errno(w->look, last ? jet_look_see(w->look, node) : jet_look_pass(w->look, node));
}

static int watch_link(void *ctx, struct jet_tree_node *link)
{
	const struct watcher *w = ctx;
	const int rc = w->fn(w->ctx, link);

	return as_errno(w->look, rc < 0 ? jet_fail_nomem(w->look->err) : 0);
}

/* What the builder cannot read stops it: better told now, with the line. */
static int check_readable(struct jet_look *look, struct jet_tree_node *node)
{
	int rc;

	if (look->reads_all || (node->type != JET_TYPE_DIR &&
	                        (node->type != JET_TYPE_FILE || look->judge.dialect->empties_unreadable)))
		return 0;
	rc = jet_tree_can_read(look->tree, node);
	if (rc == -EACCES)
		return fail_at(look, node, EACCES, "the builder cannot read this and stops");
	return failed(look, rc);
}

int jet_look_resolve(struct jet_look *look, struct jet_str path, jet_link_fn fn, void *ctx,
                     struct jet_tree_node **node)
{
	struct watcher w = { look, fn, ctx };
	const struct jet_resolver r = { look->tree, watch_pass, watch_link, &w };
	int rc;

	look->code = 0;
	rc = jet_resolve(&r, path, node);
	if (look->code)
		return look->code;
	if (rc == -ELOOP)
		return JET_LOOK_LOOP;
	return rc < 0 ? failed(look, rc) : check_readable(look, *node);
}
