/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wildcards, component by component: names of a directory are read once for all
 * sources, and only those are compared that begin as the pattern does.  There is a
 * stack instead of recursion, as trees may be deep.
 */
#include "base/error.h"
#include "base/path.h"
#include "context/plan_private.h"
#include "match/glob.h"

#include <stdlib.h>
#include <string.h>

/* A directory in which matches are looked for. */
struct place {
	struct jet_tree_node *dir;
	struct jet_str first, rest;    /* its component of the pattern, and those behind */
	const struct jet_names *names; /* NULL: one name is looked up */
	size_t next, end;              /* of names */
	uint32_t mark;                 /* nodes from here on were found in it */
};

struct search {
	struct jet_planner *p;
	jet_match_fn fn;
	size_t *n;
	bool deep;        /* the pattern is compared with whole paths */
	size_t skip;      /* bytes of them that are left out: the base */
	struct place *stack;
	size_t depth, capacity;
	struct jet_buf path;
	struct jet_numbers entered; /* through links: directories, and with which rest */
};

static size_t component(struct jet_str s)
{
	const char *slash = s.len ? memchr(s.data, '/', s.len) : NULL;

	return slash ? (size_t)(slash - s.data) : s.len;
}

/* Splits at the first component with a wildcard. */
static void split(struct jet_str s, struct jet_str *base, struct jet_str *rest)
{
	size_t at = 0;

	*base = (struct jet_str){ s.data, 0 };
	while (at < s.len) {
		const size_t n = component((struct jet_str){ s.data + at, s.len - at });

		if (jet_has_wildcard((struct jet_str){ s.data + at, n }))
			break;
		base->len = at + n;
		at += n + 1;
	}
	*rest = at < s.len ? (struct jet_str){ s.data + at, s.len - at } : (struct jet_str){ "", 0 };
}

/* Does a class hold a "/"?  Only then can a component's pattern match more than
 * a component. */
static bool class_has_slash(struct jet_str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '[' || s.data[i] == ']')
			inside = s.data[i] == '[';
		else if (s.data[i] == '/' && inside)
			return true;
	}
	return false;
}

/* ---- names -------------------------------------------------------------- */

/* How much of a pattern stands for itself. */
static size_t literal_len(struct jet_str pattern)
{
	size_t n = 0;

	while (n < pattern.len && !strchr("*?[\\", pattern.data[n]))
		n++;
	return n;
}

/* The first name that does not come before those that begin with @prefix (@behind:
 * that comes behind them). */
static size_t bound(const struct jet_names *names, struct jet_str prefix, bool behind)
{
	size_t low = 0, high = names->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		struct jet_str name = names->list[mid].text;
		int order;

		name.len = name.len < prefix.len ? name.len : prefix.len;
		order = jet_str_cmp(name, prefix);
		if (order < 0 || (behind && order == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int open_place(struct search *s, struct place *place)
{
	const size_t n = s->deep ? 0 : literal_len(place->first);
	const struct jet_str prefix = { place->first.data, n };
	int rc;

	if (n == place->first.len && !s->deep) {
		place->end = 1;
		return 0;
	}
	rc = jet_look_names(s->p->look, place->dir, &place->names);
	if (rc < 0)
		return jet_planner_failed(s->p, rc, prefix);
	place->next = n ? bound(place->names, prefix, false) : 0;
	place->end = n ? bound(place->names, prefix, true) : place->names->n;
	return 0;
}

static int enter(struct search *s, struct jet_tree_node *dir, struct jet_str pattern)
{
	struct place *grown = jet_grow(s->stack, s->depth, &s->capacity, sizeof(*grown));
	const size_t len = component(pattern);
	struct place place = { .dir = dir, .first = { pattern.data, len } };
	int rc;

	if (!grown)
		return jet_fail_nomem(s->p->err);
	s->stack = grown;
	if (s->deep)
		place.first = pattern;
	else if (len < pattern.len)
		place.rest = (struct jet_str){ pattern.data + len + 1, pattern.len - len - 1 };
	rc = open_place(s, &place);
	place.mark = jet_tree_count(s->p->plan->tree);
	s->stack[s->depth++] = place;
	return rc;
}

/* ---- matches ------------------------------------------------------------ */

/* The next name that the component at hand matches: found, missing at the end. */
static int next_match(struct search *s, struct place *place, struct jet_tree_node **node)
{
	while (place->next < place->end) {
		const size_t i = place->next++;

		if (!place->names)
			return jet_look_find(s->p->look, place->dir, place->first, node);
		if (s->deep || jet_glob_match(place->first, place->names->list[i].text))
			return jet_look_child(s->p->look, place->dir, &place->names->list[i], node);
	}
	return JET_LOOK_MISSING;
}

static int matches_deep(struct search *s, const struct jet_tree_node *node, bool *answer)
{
	s->path.len = 0;
	if (jet_tree_node_path(node, &s->path) < 0)
		return jet_fail_nomem(s->p->err);
	*answer = jet_glob_match(s->stack[0].first, (struct jet_str){ s->path.data + s->skip,
	                                                              s->path.len - s->skip });
	return 0;
}

static int take(struct search *s, struct jet_tree_node *node)
{
	int rc = jet_look_see(s->p->look, node);

	if (rc == JET_LOOK_MISSING)
		return 0;
	if (rc < 0)
		return jet_planner_failed(s->p, rc, (struct jet_str){ "", 0 });
	++*s->n;
	return s->fn(s->p, node);
}

/* Is it the first link that leads there with this rest?  What matches behind a second one
 * has been put, and there may be as many ways as n links to the power of m components. */
static int is_first(struct search *s, const struct jet_tree_node *dir, struct jet_str rest)
{
	uint32_t number;

	s->path.len = 0;
	if (jet_tree_node_path(dir, &s->path) < 0 || jet_buf_byte(&s->path, '\0') < 0 ||
	    jet_buf_append(&s->path, &rest.len, sizeof(rest.len)) < 0)
		return -1;
	return jet_numbers_get(&s->entered, (struct jet_str){ s->path.data, s->path.len }, &number);
}

/* Where a link leads that the rest of the pattern goes on behind.  1: *@node is there;
 * 0: nowhere, or nowhere new. */
static int go_through(struct search *s, struct jet_tree_node **node, struct jet_str rest)
{
	int rc;

	s->path.len = 0;
	if (jet_tree_node_path(*node, &s->path) < 0)
		return jet_fail_nomem(s->p->err);
	rc = jet_planner_resolve(s->p, (struct jet_str){ s->path.data, s->path.len }, node);
	if (rc)
		return rc > 0 ? 0 : rc; /* a link to nowhere matches nothing */
	rc = is_first(s, *node, rest);
	return rc < 0 ? jet_fail_nomem(s->p->err) : rc;
}

/* Where the rest of the pattern goes on; only buildah goes through a link there. */
static int go_on(struct search *s, struct jet_tree_node *node, struct jet_str rest)
{
	int rc;

	if (node->type == JET_TYPE_SYMLINK && s->p->df->dialect->enters_links) {
		rc = go_through(s, &node, rest);
		if (rc <= 0)
			return rc;
	}
	if (node->type != JET_TYPE_DIR)
		return 0;
	rc = jet_look_pass(s->p->look, node);
	if (rc == JET_LOOK_FOUND)
		return enter(s, node, rest);
	return rc < 0 ? jet_planner_failed(s->p, rc, (struct jet_str){ "", 0 }) : 0;
}

static int step(struct search *s)
{
	struct place *place = &s->stack[s->depth - 1];
	struct jet_tree_node *node;
	bool whole = !place->rest.len;
	int rc;

	/* All that was found in the last one is put by now. */
	jet_look_trim(s->p->look, place->mark);
	rc = next_match(s, place, &node);
	if (rc == JET_LOOK_MISSING)
		s->depth -= place->next >= place->end;
	if (rc)
		return rc < 0 ? jet_planner_failed(s->p, rc, place->first) : 0;
	if (s->deep)
		rc = matches_deep(s, node, &whole);
	if (rc < 0)
		return rc;
	if (whole)
		return take(s, node);
	return go_on(s, node, s->deep ? s->stack[0].first : place->rest);
}

static int search(struct search *s, struct jet_tree_node *base, struct jet_str pattern)
{
	int rc;

	s->deep = class_has_slash(pattern);
	if (s->deep) {
		s->path.len = 0;
		if (jet_tree_node_path(base, &s->path) < 0)
			return jet_fail_nomem(s->p->err);
		s->skip = s->path.len + (s->path.len > 0);
	}
	rc = enter(s, base, pattern);
	while (rc == 0 && s->depth)
		rc = step(s);
	return rc;
}

static bool is_at(struct search *s, const struct jet_tree_node *node, struct jet_str path)
{
	s->path.len = 0;
	return jet_tree_node_path(node, &s->path) == 0 && s->path.len == path.len &&
	       (!path.len || memcmp(s->path.data, path.data, path.len) == 0);
}

static int refuse(struct jet_planner *p, struct jet_tree_node *match)
{
	(void)match;
	return jet_planner_fail_pattern(p, "", p->source->path);
}

/* BuildKit notices a malformed pattern at the first name that it compares. */
static struct jet_str checked(struct search *s, struct jet_str pattern)
{
	if (!s->p->df->dialect->checks_wildcards || jet_glob_valid(pattern))
		return pattern;
	s->fn = refuse;
	return (struct jet_str){ "*", 1 };
}

int jet_wild_no_match(struct jet_planner *p, struct jet_str path)
{
	struct jet_missing missing = { .plain = false };

	split(path, &missing.path, &missing.pattern);
	return jet_planner_missing(p, path, &missing);
}

int jet_wild_each(struct jet_planner *p, struct jet_str path, jet_match_fn fn, size_t *n)
{
	struct search s = { .p = p, .fn = fn, .n = n };
	struct jet_str base, pattern;
	struct jet_tree_node *node;
	int rc;

	*n = 0;
	split(path, &base, &pattern);
	rc = jet_planner_resolve(p, base, &node);
	/* A base that is not there is one more pattern that matches nothing: check_matched(). */
	if (p->df->dialect->wants_match && rc > 0)
		return 0;
	/* It compares all paths of the context and follows no link. */
	if (p->df->dialect->plain_bases && rc == 0 && !is_at(&s, node, base))
		rc = 0;
	else if (rc == JET_LOOK_MISSING)
		rc = jet_planner_missing(p, base, &(struct jet_missing){ base, pattern, false });
	else if (rc)
		rc = jet_planner_failed(p, rc, base);
	else if (node->type == JET_TYPE_DIR)
		rc = search(&s, node, checked(&s, pattern));
	/* Where nothing matches the base must be there all the same. */
	if (rc == 0 && !*n)
		rc = jet_planner_put_alone(p, node);
	free(s.stack);
	jet_numbers_clear(&s.entered);
	jet_buf_clear(&s.path);
	return rc;
}
