/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What --parents and --exclude select below a directory.  Every match is found here,
 * so that the directories which are only there for its sake are known to be needed,
 * and by whom, before the walk comes to them.
 */
#include "base/error.h"
#include "context/plan_private.h"
#include "match/matcher.h"
#include "match/ruleset.h"

#include <stdlib.h>
#include <string.h>

/* A directory that is looked through. */
struct place {
	struct jet_tree_node *dir;
	struct jet_str only;           /* names NULL: this one alone can match */
	const struct jet_names *names;
	size_t next, end;              /* of names */
	uint32_t mark;                 /* nodes from here on were found in it */
	bool needed;                   /* it has been put */
};

struct selector {
	struct jet_planner *p;
	const struct jet_selection *sel;
	struct jet_matcher *include, *exclude; /* NULL: no such patterns */
	size_t base_len;
	struct place *stack;
	size_t depth, capacity;
};

/* What the patterns say of a name. */
struct opinion {
	bool needed; /* itself */
	bool below;  /* perhaps something below it */
};

static int fail(struct jet_planner *p, const char *list, const struct jet_ruleset *rs)
{
	return jet_planner_fail_pattern(p, list, jet_rulesets_fault(rs));
}

static int ask(struct selector *s, struct jet_str name, struct opinion *o)
{
	struct jet_verdict in = { JET_IGNORED, false, NULL }, out = { JET_KEPT, false, NULL };

	if ((s->include && jet_matcher_ask(s->include, name.data, name.len, &in) < 0) ||
	    (s->exclude && jet_matcher_ask(s->exclude, name.data, name.len, &out) < 0))
		return jet_fail_nomem(s->p->err);
	if (in.answer == JET_FAILED)
		return fail(s->p, JET_INCLUDE_PATTERNS, s->sel->include);
	if (out.answer == JET_FAILED)
		return fail(s->p, JET_EXCLUDE_PATTERNS, s->sel->exclude);
	/* What patterns "ignore" is what they match. */
	o->needed = in.answer == JET_IGNORED && out.answer == JET_KEPT;
	o->below = out.answer == JET_KEPT || (s->exclude && s->sel->exclude->has_negated);
	return 0;
}

/* ---- directories -------------------------------------------------------- */

/* Is it a component that patternmatcher takes for nothing but itself? */
static bool is_plain(struct jet_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    !strchr("._-@", c))
			return false;
	}
	return name.len > 0;
}

/* The component of the pattern for the names of the innermost directory, if it and
 * all before it are plain; then nothing else can match. */
static struct jet_str only_name(const struct selector *s)
{
	struct jet_str rest = s->sel->pattern, name = { "", 0 };

	for (size_t i = 0; i < s->depth; i++) {
		const char *slash = rest.len ? memchr(rest.data, '/', rest.len) : NULL;

		name = (struct jet_str){ rest.data, slash ? (size_t)(slash - rest.data) : rest.len };
		if (!is_plain(name))
			return (struct jet_str){ "", 0 };
		rest.data += name.len + (slash != NULL);
		rest.len -= name.len + (slash != NULL);
	}
	return name;
}

static int enter(struct selector *s, struct jet_tree_node *dir, bool needed)
{
	struct place *grown = jet_grow(s->stack, s->depth, &s->capacity, sizeof(*grown));
	struct place *place;
	int rc = 0;

	if (!grown)
		return jet_fail_nomem(s->p->err);
	s->stack = grown;
	place = &grown[s->depth++];
	*place = (struct place){ .dir = dir, .needed = needed, .end = 1 };
	if (s->sel->pattern.data)
		place->only = only_name(s);
	if (!place->only.len) {
		rc = jet_look_names(s->p->look, dir, &place->names);
		place->end = rc < 0 ? 0 : place->names->n;
	}
	place->mark = jet_tree_count(s->p->plan->tree);
	return rc < 0 ? jet_planner_failed(s->p, rc, (struct jet_str){ "", 0 }) : 0;
}

static void leave(struct selector *s)
{
	if (--s->depth && s->include)
		jet_matcher_pop(s->include);
	if (s->depth && s->exclude)
		jet_matcher_pop(s->exclude);
}

/* Into a directory below the base, if something there can match. */
static int descend(struct selector *s, struct jet_tree_node *dir, bool needed)
{
	if (s->include && jet_matcher_push(s->include, dir->name, dir->len) < 0)
		return jet_fail_nomem(s->p->err);
	if (s->include && jet_matcher_idle(s->include)) {
		jet_matcher_pop(s->include);
		return 0;
	}
	if (s->exclude && jet_matcher_push(s->exclude, dir->name, dir->len) < 0)
		return jet_fail_nomem(s->p->err);
	return enter(s, dir, needed);
}

/* ---- matches ------------------------------------------------------------ */

/* Directories above a match are made for it, up to the base. */
static int put_way(struct selector *s)
{
	int rc = 0;

	for (size_t i = s->depth; rc == 0 && i-- > 0 && !s->stack[i].needed;) {
		s->stack[i].needed = true;
		if (s->stack[i].dir->parent)
			rc = jet_planner_put(s->p, s->stack[i].dir, JET_NO_COVER);
	}
	return rc;
}

static int put_match(struct selector *s, struct jet_tree_node *node)
{
	uint32_t cover = JET_NO_COVER;
	int rc = put_way(s);

	if (rc < 0)
		return rc;
	if (node->type != JET_TYPE_DIR)
		return jet_planner_put(s->p, node, cover);
	/* What is below a match matches too; only where patterns bring something back
	 * each has to be asked for. */
	if (s->exclude && s->sel->exclude->has_negated) {
		rc = jet_planner_put(s->p, node, cover);
		return rc < 0 ? rc : descend(s, node, true);
	}
	rc = jet_planner_cover(s->p, s->sel->exclude, s->base_len, &cover);
	return rc < 0 ? rc : jet_planner_put(s->p, node, cover);
}

static int take(struct selector *s, struct jet_tree_node *node, const struct opinion *o)
{
	int rc;

	if (!o->needed && node->type != JET_TYPE_DIR)
		return 0;
	rc = o->needed ? jet_look_see(s->p->look, node) : jet_look_pass(s->p->look, node);
	if (rc == JET_LOOK_MISSING)
		return 0;
	if (rc < 0)
		return jet_planner_failed(s->p, rc, (struct jet_str){ "", 0 });
	return o->needed ? put_match(s, node) : o->below ? descend(s, node, false) : 0;
}

/* The next name of a directory that can be of interest, or none: @node NULL. */
static int next(struct selector *s, struct place *place, struct jet_tree_node **node, struct opinion *o)
{
	const struct jet_name *name;
	int rc;

	*node = NULL;
	if (!place->names) {
		place->next++;
		rc = ask(s, place->only, o);
		return rc < 0 ? rc : jet_look_find(s->p->look, place->dir, place->only, node);
	}
	name = &place->names->list[place->next++];
	rc = ask(s, name->text, o);
	if (rc < 0)
		return rc;
	if (!o->needed && (!o->below || (name->type != JET_TYPE_DIR && name->type != JET_TYPE_UNKNOWN)))
		return JET_LOOK_MISSING;
	return jet_look_child(s->p->look, place->dir, name, node);
}

static int step(struct selector *s)
{
	struct place *place = &s->stack[s->depth - 1];
	struct opinion o = { false, false };
	struct jet_tree_node *node;
	int rc;

	jet_look_trim(s->p->look, place->mark);
	if (place->next == place->end) {
		leave(s);
		return 0;
	}
	rc = next(s, place, &node, &o);
	if (rc == JET_LOOK_MISSING)
		return 0;
	return rc < 0 ? jet_planner_failed(s->p, rc, (struct jet_str){ "", 0 }) : take(s, node, &o);
}

int jet_select_below(struct jet_planner *p, const struct jet_selection *sel, struct jet_tree_node *base)
{
	struct selector s = { .p = p, .sel = sel };
	int rc = 0;

	p->path.len = 0;
	if (jet_tree_node_path(base, &p->path) < 0 ||
	    (sel->include && jet_matcher_open(sel->include, &s.include) < 0) ||
	    (sel->exclude && jet_matcher_open(sel->exclude, &s.exclude) < 0))
		rc = jet_fail_nomem(p->err);
	s.base_len = p->path.len;
	if (rc == 0)
		rc = enter(&s, base, false);
	while (rc == 0 && s.depth)
		rc = step(&s);
	jet_matcher_close(s.include);
	jet_matcher_close(s.exclude);
	free(s.stack);
	return rc;
}

/* ---- links in the root -------------------------------------------------- */

static int matches(struct jet_planner *p, const char *list, const struct jet_ruleset *rs,
                   struct jet_str path, bool *answer)
{
	struct jet_verdict v = { JET_KEPT, false, NULL };
	struct jet_matcher *m;
	int rc;

	if (jet_matcher_open(rs, &m) < 0)
		return jet_fail_nomem(p->err);
	rc = jet_matcher_path(m, JET_ORDER_BUILDER, path.data, path.len, &v);
	jet_matcher_close(m);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	if (rc == 0 && v.answer == JET_FAILED)
		return fail(p, list, rs);
	*answer = rc == 0 && v.answer == JET_IGNORED;
	return 0;
}

int jet_selects(struct jet_planner *p, const struct jet_selection *sel, struct jet_str path,
                bool *answer)
{
	bool excluded = false, included = true;
	int rc = sel->exclude ? matches(p, JET_EXCLUDE_PATTERNS, sel->exclude, path, &excluded) : 0;

	if (rc == 0 && sel->include)
		rc = matches(p, JET_INCLUDE_PATTERNS, sel->include, path, &included);
	*answer = included && !excluded;
	return rc;
}

static int keep_link(struct jet_planner *p, const struct jet_name *name)
{
	struct jet_tree_node *node;
	char *copy;
	int rc = jet_look_child(p->look, jet_tree_root(p->plan->tree), name, &node);

	if (rc || node->type != JET_TYPE_SYMLINK)
		return rc;
	rc = jet_look_see(p->look, node);
	if (rc)
		return rc;
	copy = jet_arena_dup(&p->plan->arena, name->text.data, name->text.len);
	if (!copy)
		return jet_fail_nomem(p->err);
	p->links[p->nlinks++] = (struct jet_str){ copy, name->text.len };
	return 0;
}

/* All links in the root that exist for the step: the same for every source. */
static int find_links(struct jet_planner *p)
{
	const struct jet_names *names;
	int rc = jet_look_names(p->look, jet_tree_root(p->plan->tree), &names);

	if (rc < 0)
		return jet_planner_failed(p, rc, (struct jet_str){ "", 0 });
	p->links = jet_arena_array(&p->plan->arena, names->n + 1, sizeof(*p->links));
	if (!p->links)
		return jet_fail_nomem(p->err);
	for (size_t i = 0; rc >= 0 && i < names->n; i++) {
		const enum jet_type type = names->list[i].type;

		if (type == JET_TYPE_SYMLINK || type == JET_TYPE_UNKNOWN)
			rc = keep_link(p, &names->list[i]);
	}
	return rc < 0 ? jet_planner_failed(p, rc, (struct jet_str){ "", 0 }) : 0;
}

int jet_select_links(struct jet_planner *p, const struct jet_selection *sel)
{
	int rc = p->links ? 0 : find_links(p);

	for (size_t i = 0; rc == 0 && p->links && i < p->nlinks; i++) {
		struct jet_tree_node *node;
		bool answer;

		rc = jet_selects(p, sel, p->links[i], &answer);
		if (rc < 0 || !answer)
			continue;
		rc = jet_planner_resolve(p, p->links[i], &node);
		rc = rc ? jet_planner_failed(p, rc, p->links[i]) : jet_planner_put(p, node, JET_NO_COVER);
	}
	return rc;
}
