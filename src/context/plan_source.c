/* SPDX-License-Identifier: Apache-2.0 */
/* One source of COPY, ADD or a bind mount, with its flags. */
#include "base/error.h"
#include "base/path.h"
#include "context/plan_private.h"

#include <string.h>

static struct jet_str str(const struct jet_buf *buf)
{
	return (struct jet_str){ buf->data, buf->len };
}

/* A list of patterns as moby/patternmatcher takes it. */
static int compile(struct jet_planner *p, const struct jet_str *patterns, size_t n, const char *list,
                   struct jet_ruleset **rs)
{
	struct jet_error why = { 0 };
	int rc = jet_rulesets_get(&p->plan->rulesets, patterns, n, rs, &why);

	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	if (rc == 0)
		return 0;
	return jet_fail_spot(p->err, JET_E_PATTERN, p->df->name, p->source->at, "%s%s%s", list,
	                     why.message, jet_rulesets_hint(why.message));
}

/* ---- COPY --parents ----------------------------------------------------- */

/* A source of COPY --parents. */
struct parents {
	struct jet_buf base, pattern, all; /* clean; the pivot is between the first two */
	bool literal;                      /* no wildcard in any of them */
};

/* "/a/b" as one clean path below the root, without the "/". */
static int rooted(struct jet_buf *out, struct jet_str a, struct jet_str b)
{
	out->len = 0;
	if (jet_buf_byte(out, '/') < 0 || jet_buf_append(out, a.data, a.len) < 0 ||
	    jet_buf_byte(out, '/') < 0 || jet_buf_append(out, b.data, b.len) < 0 ||
	    jet_buf_reserve(out, 2) < 0)
		return -1;
	out->len = jet_path_clean(out->data, out->len, out->data) - 1;
	memmove(out->data, out->data + 1, out->len);
	return 0;
}

static int split_pivot(struct jet_str text, struct parents *out)
{
	const struct jet_str none = { "", 0 };
	struct jet_str before = none, after = text;

	for (size_t i = 0; i + 2 < text.len; i++) {
		if (memcmp(text.data + i, "/./", 3) != 0)
			continue;
		before = (struct jet_str){ text.data, i };
		after = (struct jet_str){ text.data + i + 3, text.len - i - 3 };
		break;
	}
	if (rooted(&out->base, before, none) < 0 || rooted(&out->pattern, after, none) < 0 ||
	    rooted(&out->all, str(&out->base), str(&out->pattern)) < 0)
		return -1;
	out->literal = !jet_has_wildcard(before) && !jet_has_wildcard(str(&out->pattern));
	return 0;
}

static int missing_literal(struct jet_planner *p, const struct parents *parents)
{
	return jet_planner_missing(p, str(&parents->all),
	                           &(struct jet_missing){ str(&parents->all), .plain = true });
}

/* Links are not resolved here: what lies behind one is missing.  1: what is there is left
 * out, but perhaps not all that is below it. */
static int check_literal(struct jet_planner *p, const struct parents *parents,
                         const struct jet_selection *sel)
{
	struct jet_tree_node *node;
	bool answer;
	int rc = jet_look_up(p->look, str(&parents->all), &node);

	if (rc == 0) {
		rc = jet_selects(p, sel, str(&parents->pattern), &answer);
		if (rc == 0 && !answer && node->type == JET_TYPE_DIR && sel->exclude &&
		    sel->exclude->has_negated)
			return 1;
		if (rc == 0 && !answer)
			rc = JET_LOOK_MISSING;
	}
	if (rc == JET_LOOK_MISSING)
		return missing_literal(p, parents);
	return rc ? jet_planner_failed(p, rc, str(&parents->all)) : 0;
}

static int select_below(struct jet_planner *p, const struct jet_selection *sel, struct jet_tree_node *base)
{
	return base->type == JET_TYPE_DIR ? jet_select_below(p, sel, base)
	                                  : jet_planner_put(p, base, JET_NO_COVER);
}

/* The base may be a match of a wildcard, and a link. */
static int select_match(struct jet_planner *p, struct jet_tree_node *match)
{
	struct jet_buf path = { 0 };
	struct jet_tree_node *base;
	int rc = jet_tree_node_path(match, &path) < 0 ? jet_fail_nomem(p->err)
	                                         : jet_planner_resolve(p, str(&path), &base);

	rc = rc ? jet_planner_failed(p, rc, str(&path)) : select_below(p, p->sel, base);
	jet_buf_clear(&path);
	return rc;
}

static int add_below(struct jet_planner *p, const struct parents *parents)
{
	const struct jet_selection sel = {
		.pattern = str(&parents->pattern), .include = p->pattern, .exclude = p->exclude,
	};
	const int unsure = parents->literal ? check_literal(p, parents, &sel) : 0;
	struct jet_tree_node *base;
	size_t n;
	int rc = unsure < 0 ? unsure : 0;

	if (rc == 0 && !parents->base.len)
		rc = jet_select_links(p, &sel);
	if (rc < 0)
		return rc;
	p->sel = &sel;
	if (jet_has_wildcard(str(&parents->base)))
		return jet_wild_each(p, str(&parents->base), select_match, &n);
	rc = jet_planner_resolve(p, str(&parents->base), &base);
	n = p->plan->nroots;
	rc = rc ? jet_planner_failed(p, rc, str(&parents->base)) : select_below(p, &sel, base);
	return rc == 0 && unsure && p->plan->nroots == n ? missing_literal(p, parents) : rc;
}

/* Everything below the base that the pattern matches. */
static int add_parents(struct jet_planner *p)
{
	struct parents parents = { 0 };
	struct jet_str pattern;
	int rc = split_pivot(p->source->text, &parents) < 0 ? jet_fail_nomem(p->err) : 0;

	/* The rules borrow it. */
	if (rc == 0 && parents.pattern.len) {
		pattern.len = parents.pattern.len;
		pattern.data = jet_arena_dup(&p->plan->arena, parents.pattern.data, pattern.len);
		rc = pattern.data ? compile(p, &pattern, 1, JET_INCLUDE_PATTERNS, &p->pattern)
		                  : jet_fail_nomem(p->err);
	} else if (rc == 0) {
		rc = jet_planner_not_found(p, str(&parents.base));
	}
	if (rc == 0)
		rc = add_below(p, &parents);
	jet_buf_clear(&parents.base);
	jet_buf_clear(&parents.pattern);
	jet_buf_clear(&parents.all);
	return rc;
}

/* ---- COPY, ADD ---------------------------------------------------------- */

/* Does "../x" lead out?  The classic builder, which takes one "/" away from the beginning,
 * refuses; the others stay at the root. */
static bool leads_out(struct jet_str text)
{
	struct jet_buf clean = { 0 };
	bool out = false;

	text = jet_str_from(text, text.len && text.data[0] == '/');
	if (!(text.len && text.data[0] == '/') && jet_buf_append(&clean, text.data, text.len) == 0 &&
	    jet_buf_reserve(&clean, 2) == 0) {
		clean.len = jet_path_clean(clean.data, clean.len, clean.data);
		out = clean.len >= 2 && memcmp(clean.data, "..", 2) == 0 &&
		      (clean.len == 2 || clean.data[2] == '/');
	}
	jet_buf_clear(&clean);
	return out;
}

static int put_node(struct jet_planner *p, struct jet_tree_node *match)
{
	struct jet_buf path = { 0 };
	int rc = jet_tree_node_path(match, &path) < 0 ? jet_fail_nomem(p->err)
	                                         : jet_planner_put_resolved(p, str(&path));

	jet_buf_clear(&path);
	return rc;
}

static int fail_again(struct jet_planner *p, struct jet_str path)
{
	const int rc = jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, p->source->at,
	                             "\"/%s\": not found: buildah takes the name that it found for "
	                             "a pattern again, and nothing matches that: rename it, or copy "
	                             "the directory that it is in",
	                             JET_SHOW(path));

	jet_error_path(p->err, path.data, path.len);
	return rc;
}

/* buildah takes what a pattern has matched for a pattern once more. */
static int put_match(struct jet_planner *p, struct jet_tree_node *match)
{
	struct jet_buf path = { 0 };
	size_t n;
	int rc;

	if (!p->df->dialect->globs_twice)
		return put_node(p, match);
	if (jet_tree_node_path(match, &path) < 0)
		return jet_fail_nomem(p->err);
	if (jet_has_wildcard(str(&path))) {
		rc = jet_wild_each(p, str(&path), put_node, &n);
		if (rc == 0 && !n)
			rc = fail_again(p, str(&path));
	} else {
		rc = put_node(p, match);
	}
	jet_buf_clear(&path);
	return rc;
}

static int add_copy(struct jet_planner *p)
{
	const struct jet_source *s = p->source;
	const struct jet_selection sel = { .exclude = p->exclude };
	size_t n;
	int rc = 0;

	if (p->df->dialect->refuses_parent && !jet_has_wildcard(s->path) && leads_out(s->text))
		return jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, s->at,
		                     "forbidden path outside the build context: %s", JET_SHOW(s->text));
	if (!s->path.len && p->exclude)
		rc = jet_select_links(p, &sel);
	if (rc < 0)
		return rc;
	if (!jet_has_wildcard(s->path)) {
		p->nmatched++;
		return jet_planner_put_resolved(p, s->path);
	}
	/* No path is written like that, so none matches. */
	if (jet_planner_is_odd(p))
		return 0;
	rc = jet_wild_each(p, s->path, put_match, &n);
	p->nmatched += n;
	return rc;
}

int jet_planner_add(struct jet_planner *p)
{
	const struct jet_source *s = p->source;
	int rc = 0;

	p->exclude = NULL;
	if (s->nexcludes)
		rc = compile(p, s->excludes, s->nexcludes, JET_EXCLUDE_PATTERNS, &p->exclude);
	if (rc < 0)
		return rc;
	if (s->kind == JET_SOURCE_BIND)
		return jet_planner_put_resolved(p, s->path);
	return s->parents ? add_parents(p) : add_copy(p);
}
