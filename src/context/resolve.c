/* SPDX-License-Identifier: Apache-2.0 */
#include "context/resolve.h"

#include "base/path.h"

#include <errno.h>
#include <string.h>

enum { MAX_LINKS = 255 };

/* A path on its way. */
struct way {
	const struct jet_resolver *r;
	struct jet_tree_node *at;
	struct jet_str rest;     /* still to come */
	struct jet_buf text[2];  /* rest lies in one of them, or in the path as given */
	int used;                /* which one */
	unsigned links;
};

static int pass(struct way *w, bool last)
{
	return w->r->pass ? w->r->pass(w->r->ctx, w->at, last) : 0;
}

/* The link at hand, which is in w->at: its target comes before the rest. */
static int follow(struct way *w, struct jet_tree_node *link)
{
	struct jet_buf *text = &w->text[!w->used];
	int rc;

	if (++w->links > MAX_LINKS)
		return -ELOOP;
	rc = w->r->link ? w->r->link(w->r->ctx, link) : 0;
	if (rc == 0)
		rc = jet_tree_target(w->r->tree, link);
	if (rc < 0)
		return rc;
	text->len = 0;
	if (jet_buf_append(text, link->target, link->target_len) < 0 || jet_buf_byte(text, '/') < 0 ||
	    jet_buf_append(text, w->rest.data, w->rest.len) < 0)
		return -ENOMEM;
	w->used = !w->used;
	w->rest = (struct jet_str){ text->data, text->len };
	w->at = link->target[0] == '/' ? jet_tree_root(w->r->tree) : link->parent;
	return 0;
}

static int step(struct way *w)
{
	const struct jet_str name = jet_path_take(&w->rest);
	struct jet_tree_node *next;
	int rc;

	if (!name.len || jet_str_is(name, "."))
		return 0;
	if (jet_str_is(name, "..")) {
		rc = pass(w, true);
		w->at = w->at->parent ? w->at->parent : w->at;
		return rc;
	}
	rc = jet_tree_find(w->r->tree, w->at, name, &next);
	if (rc < 0)
		return rc;
	w->at = next;
	rc = pass(w, false);
	return rc == 0 && next->type == JET_TYPE_SYMLINK ? follow(w, next) : rc;
}

int jet_resolve(const struct jet_resolver *r, struct jet_str path, struct jet_tree_node **node)
{
	struct way w = { .r = r, .at = jet_tree_root(r->tree), .rest = path };
	int rc = 0;

	while (rc == 0 && w.rest.len)
		rc = step(&w);
	if (rc == 0)
		rc = pass(&w, true);
	*node = w.at;
	jet_buf_clear(&w.text[0]);
	jet_buf_clear(&w.text[1]);
	return rc;
}
