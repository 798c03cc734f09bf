/* SPDX-License-Identifier: Apache-2.0 */
#include "context/plan.h"

#include "base/error.h"
#include "base/path.h"
#include "context/follow.h"
#include "context/plan_private.h"
#include "match/ruleset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>

static int show(struct jet_str s)
{
	return s.len < 80 ? (int)s.len : 80;
}

static struct jet_str str(const struct jet_buf *buf)
{
	return (struct jet_str){ buf->data, buf->len };
}

bool jet_planner_is_classic(const struct jet_planner *p)
{
	return p->plan->options.builder == JET_BUILDER_CLASSIC ||
	       p->plan->options.builder == JET_BUILDER_CLASSIC_20_10;
}

bool jet_planner_is_buildah(const struct jet_planner *p)
{
	return p->plan->options.builder == JET_BUILDER_BUILDAH;
}

/* ---- failures ----------------------------------------------------------- */

int jet_planner_fail_pattern(struct jet_planner *p, const char *what)
{
	return jet_fail_spot(p->err, JET_E_PATTERN, p->df->name, p->source->at, "%s", what);
}

/* The way out: which rule, or which name was meant. */
int jet_planner_not_found(struct jet_planner *p, struct jet_str path)
{
	struct jet_buf hint = { 0 };
	int rc;

	if (jet_look_explain(p->look, path, &hint) < 0 || jet_buf_terminate(&hint) < 0) {
		jet_buf_clear(&hint);
		return jet_fail_nomem(p->err);
	}
	rc = jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, p->source->at, "\"/%.*s\": %s",
	                   show(path), path.data, hint.data);
	jet_error_path(p->err, path.data, path.len);
	jet_buf_clear(&hint);
	return rc;
}

static int fail_loop(struct jet_planner *p, struct jet_spot at, struct jet_str path)
{
	return jet_fail_spot(p->err, JET_E_LINK_LOOP, p->df->name, at, "\"/%.*s\": too many links",
	                     show(path), path.data);
}

/* Something on the way could not be read: the look has said what, or the walk it
 * asked, which has the path as a file; here is for whom. */
static int fail_reading(struct jet_planner *p, struct jet_spot at, int code)
{
	struct jet_error why = { 0 };

	if (!p->err || p->err->line || (code != JET_E_IO && code != JET_E_UNREADABLE))
		return code;
	why = *p->err;
	if (why.file[0]) {
		jet_fail_spot(p->err, code, p->df->name, at, "\"/%.80s\": %s", why.file, why.message);
		jet_error_path(p->err, why.file, strlen(why.file));
	} else {
		jet_fail_spot(p->err, code, p->df->name, at, "%s", why.message);
		memcpy(p->err->path, why.path, sizeof(why.path));
	}
	p->err->sys_errno = why.sys_errno;
	return code;
}

int jet_planner_failed(struct jet_planner *p, int answer, struct jet_str path)
{
	if (answer == JET_LOOK_MISSING)
		return jet_planner_not_found(p, path);
	if (answer == JET_LOOK_LOOP)
		return fail_loop(p, p->source->at, path);
	return fail_reading(p, p->source->at, answer);
}

/* ---- roots -------------------------------------------------------------- */

int jet_planner_put(struct jet_planner *p, struct jet_tree_node *node, uint32_t cover)
{
	struct jet_plan *plan = p->plan;
	struct jet_plan_root *grown = jet_grow(plan->roots, plan->nroots, &plan->root_capacity,
	                                       sizeof(*grown));

	if (!grown)
		return jet_fail_nomem(p->err);
	plan->roots = grown;
	if (!node->needed) {
		p->path.len = 0;
		if (jet_tree_node_path(node, &p->path) < 0)
			return jet_fail_nomem(p->err);
		node->needed = jet_arena_dup(&plan->arena, p->path.data, p->path.len);
		node->needed_len = p->path.len;
		if (!node->needed)
			return jet_fail_nomem(p->err);
	}
	plan->roots[plan->nroots++] = (struct jet_plan_root){
		.path = { node->needed, node->needed_len }, .need = p->need, .cover = cover,
		.type = node->type,
	};
	return 0;
}

int jet_planner_put_link(void *ctx, struct jet_tree_node *link)
{
	return jet_planner_put(ctx, link, JET_NO_COVER);
}

int jet_planner_cover(struct jet_planner *p, struct jet_ruleset *exclude, size_t base_len,
                      uint32_t *cover)
{
	struct jet_plan *plan = p->plan;
	const struct jet_cover wanted = { exclude, exclude ? base_len : JET_OWN_BASE };
	char key[sizeof(wanted.exclude) + sizeof(wanted.base_len)];
	struct jet_cover *grown;
	int rc;

	memcpy(key, &wanted.exclude, sizeof(wanted.exclude));
	memcpy(key + sizeof(wanted.exclude), &wanted.base_len, sizeof(wanted.base_len));
	rc = jet_numbers_get(&plan->cover_numbers, (struct jet_str){ key, sizeof(key) }, cover);
	if (rc <= 0)
		return rc < 0 ? jet_fail_nomem(p->err) : 0;
	grown = jet_grow(plan->covers, plan->ncovers, &plan->cover_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(p->err);
	plan->covers = grown;
	plan->covers[plan->ncovers++] = wanted;
	return 0;
}

int jet_planner_put_alone(struct jet_planner *p, struct jet_tree_node *dir)
{
	const int rc = jet_planner_put(p, dir, JET_NO_COVER);

	if (rc == 0)
		p->plan->roots[p->plan->nroots - 1].alone = true;
	return rc;
}

int jet_planner_resolve(struct jet_planner *p, struct jet_str path, struct jet_tree_node **node)
{
	const int rc = jet_look_resolve(p->look, path, jet_planner_put_link, p, node);

	return rc < 0 ? jet_planner_failed(p, rc, path) : rc;
}

/* What the source at hand reads when it has come to @node. */
static int put_whole(struct jet_planner *p, struct jet_tree_node *node)
{
	const struct jet_selection sel = { .exclude = p->exclude };
	uint32_t cover = JET_NO_COVER;
	int rc;

	if (node->type != JET_TYPE_DIR)
		return jet_planner_put(p, node, cover);
	if (p->exclude && p->exclude->has_negated) {
		rc = jet_planner_put(p, node, cover);
		return rc < 0 ? rc : jet_select_below(p, &sel, node);
	}
	rc = jet_planner_cover(p, p->exclude, JET_OWN_BASE, &cover);
	return rc < 0 ? rc : jet_planner_put(p, node, cover);
}

int jet_planner_put_resolved(struct jet_planner *p, struct jet_str path)
{
	struct jet_tree_node *node;
	const int rc = jet_planner_resolve(p, path, &node);

	return rc ? jet_planner_failed(p, rc, path) : put_whole(p, node);
}

/* A list of patterns as moby/patternmatcher takes it. */
static int compile(struct jet_planner *p, const struct jet_str *patterns, size_t n, const char *what,
                   struct jet_ruleset **rs)
{
	struct jet_error why = { 0 };
	char text[sizeof(why.message) + 60];
	int rc = jet_rulesets_get(&p->plan->rulesets, patterns, n, rs, &why);

	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	if (rc == 0)
		return 0;
	snprintf(text, sizeof(text), "%.59s%s", what, why.message);
	return jet_planner_fail_pattern(p, text);
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

/* Links are not resolved here: what lies behind one is missing. */
static int check_literal(struct jet_planner *p, const struct parents *parents,
                         const struct jet_selection *sel)
{
	struct jet_tree_node *node;
	bool answer;
	int rc = jet_look_up(p->look, str(&parents->all), &node);

	if (rc == 0) {
		rc = jet_selects(p, sel, str(&parents->pattern), &answer);
		if (rc == 0 && !answer)
			rc = JET_LOOK_MISSING;
	}
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
	struct jet_tree_node *base;
	size_t n;
	int rc = parents->literal ? check_literal(p, parents, &sel) : 0;

	if (rc == 0 && !parents->base.len)
		rc = jet_select_links(p, &sel);
	if (rc < 0)
		return rc;
	p->sel = &sel;
	if (jet_has_wildcard(str(&parents->base)))
		return jet_wild_each(p, str(&parents->base), select_match, &n);
	rc = jet_planner_resolve(p, str(&parents->base), &base);
	return rc ? jet_planner_failed(p, rc, str(&parents->base)) : select_below(p, &sel, base);
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
		rc = pattern.data ? compile(p, &pattern, 1, "invalid includepatterns: ", &p->pattern)
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

/* Does "../x" lead out?  The classic builder refuses, the others stay at the root. */
static bool leads_out(struct jet_str text)
{
	struct jet_buf clean = { 0 };
	bool out = false;

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

/* buildah takes what a pattern has matched for a pattern once more. */
static int put_match(struct jet_planner *p, struct jet_tree_node *match)
{
	struct jet_buf path = { 0 };
	size_t n;
	int rc;

	if (!jet_planner_is_buildah(p))
		return put_node(p, match);
	if (jet_tree_node_path(match, &path) < 0)
		return jet_fail_nomem(p->err);
	if (jet_has_wildcard(str(&path))) {
		rc = jet_wild_each(p, str(&path), put_node, &n);
		if (rc == 0 && !n)
			rc = jet_planner_not_found(p, str(&path));
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

	if (jet_planner_is_classic(p) && leads_out(s->text))
		return jet_fail_spot(p->err, JET_E_NOT_FOUND, p->df->name, s->at,
		                     "forbidden path outside the build context: %.*s", show(s->text),
		                     s->text.data);
	if (!s->path.len && p->exclude)
		rc = jet_select_links(p, &sel);
	if (rc < 0)
		return rc;
	if (!jet_has_wildcard(s->path)) {
		p->nmatched++;
		return jet_planner_put_resolved(p, s->path);
	}
	/* No path has a slash at its end, so none matches. */
	if (jet_planner_is_classic(p) && s->text.len && s->text.data[s->text.len - 1] == '/')
		return 0;
	rc = jet_wild_each(p, s->path, put_match, &n);
	p->nmatched += n;
	return rc;
}

/* ---- instructions ------------------------------------------------------- */

/* ONBUILD lines are parsed anew for every platform, so pointers say nothing. */
static bool is_need(const struct jet_need *need, const struct jet_source *s)
{
	return need->at.line == s->at.line && jet_str_cmp(need->in->line, s->in->line) == 0;
}

static int add_need(struct jet_planner *p)
{
	struct jet_plan *plan = p->plan;
	const struct jet_need *last = plan->nneeds ? &plan->needs[plan->nneeds - 1] : NULL;
	struct jet_need *grown;

	p->need = (uint32_t)plan->nneeds - 1;
	if (last && last->in == p->source->in)
		return 0;
	/* The same instruction may come again for another platform, mostly in the
	 * same order. */
	for (size_t i = 0; plan->needs && i < plan->nneeds && plan->nadded; i++) {
		const size_t at = (p->next + i) % plan->nneeds;

		if (is_need(&plan->needs[at], p->source)) {
			p->need = (uint32_t)at;
			p->next = at;
			return 0;
		}
	}
	grown = jet_grow(plan->needs, plan->nneeds, &plan->need_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(p->err);
	plan->needs = grown;
	p->need = (uint32_t)plan->nneeds;
	plan->needs[plan->nneeds++] = (struct jet_need){ p->df->name, p->source->in, p->source->at };
	return 0;
}

static int add_source(struct jet_planner *p)
{
	const struct jet_source *s = p->source;
	int rc = add_need(p);

	p->exclude = NULL;
	if (rc == 0 && s->nexcludes)
		rc = compile(p, s->excludes, s->nexcludes, "invalid excludepatterns: ", &p->exclude);
	if (rc < 0)
		return rc;
	if (s->kind == JET_SOURCE_BIND)
		return jet_planner_put_resolved(p, s->path);
	return s->parents ? add_parents(p) : add_copy(p);
}

/* BuildKit copies nothing and goes on; the others want something to copy. */
static int check_matched(struct jet_planner *p)
{
	if (p->nmatched || p->source->kind == JET_SOURCE_BIND || p->source->parents ||
	    p->plan->options.builder == JET_BUILDER_BUILDKIT)
		return 0;
	return jet_planner_not_found(p, p->source->path);
}

static int add_sources(struct jet_planner *p, const struct jet_sources *sources,
                       const struct jet_pair *context)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sources->n; i++) {
		p->source = &sources->list[i];
		if (p->source->context != context)
			continue;
		if (!i || sources->list[i - 1].in != p->source->in)
			p->nmatched = 0;
		rc = add_source(p);
		if (rc == 0 && (i + 1 == sources->n || sources->list[i + 1].in != p->source->in))
			rc = check_matched(p);
		jet_look_trim(p->look, 0);
	}
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

/* Where the first source stands that is @path, which begins with "/". */
static struct jet_spot spot_of(const struct jet_sources *sources, struct jet_str path)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct jet_source *s = &sources->list[i];

		if (!s->context && s->path.len + 1 == path.len &&
		    memcmp(s->path.data, path.data + 1, s->path.len) == 0)
			return s->at;
	}
	return (struct jet_spot){ 0, 0 };
}

static int fail_following(struct jet_planner *p, const struct jet_sources *sources, size_t bad, int rc)
{
	const struct jet_str path = sources->paths[bad];
	const struct jet_spot at = spot_of(sources, path);

	if (rc == -ENOMEM)
		return jet_fail_nomem(p->err);
	if (rc == -ELOOP)
		return fail_loop(p, at, (struct jet_str){ path.data + 1, path.len - 1 });
	p->path.len = 0;
	if (jet_tree_node_path(jet_tree_culprit(p->plan->tree), &p->path) < 0 ||
	    jet_buf_terminate(&p->path) < 0)
		return jet_fail_nomem(p->err);
	return fail_reading(p, at, jet_look_fail(p->err, &p->path, -rc, "cannot be read"));
}

/* What BuildKit's client is asked for, and so what there is to read. */
static int find_include(struct jet_planner *p, const struct jet_sources *sources)
{
	struct jet_follow f = {
		.tree = p->plan->tree, .paths = sources->paths, .npaths = sources->npaths,
		.arena = &p->plan->arena,
	};
	struct jet_error why = { 0 };
	int rc;

	if (p->plan->options.builder != JET_BUILDER_BUILDKIT || !sources->npaths)
		return 0;
	rc = jet_follow(&f);
	if (rc < 0)
		return fail_following(p, sources, f.bad, rc);
	if (!f.patterns)
		return 0;
	rc = jet_ruleset_extend(NULL, f.patterns, f.n, &p->include, &why);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	return rc < 0 ? jet_fail(p->err, JET_E_PATTERN, p->df->name, "invalid includepatterns: %.200s",
	                         why.message)
	              : 0;
}

int jet_plan_add(struct jet_plan *plan, const struct jet_dockerfile *df,
                 const struct jet_sources *sources, const struct jet_pair *context,
                 struct jet_error *err)
{
	struct jet_planner p = { .plan = plan, .df = df, .err = err };
	struct jet_walk_options options = plan->options;
	int rc = context ? 0 : find_include(&p, sources);

	options.sent = p.include;
	if (rc == 0)
		rc = jet_look_open(plan->root, plan->tree, &options, &p.look, err);
	if (rc == 0)
		rc = add_sources(&p, sources, context);
	jet_look_close(p.look);
	jet_buf_clear(&p.path);
	/* With several platforms what is sent is the union, near enough: only
	 * odd names make a difference. */
	if (plan->nadded++ == 0)
		plan->include = p.include;
	else {
		jet_ruleset_free(p.include);
		jet_ruleset_free(plan->include);
		plan->include = NULL;
	}
	return rc;
}

/* Sources that read a directory in the same way stand one behind the other. */
static int compare(const void *a, const void *b)
{
	const struct jet_plan_root *x = a, *y = b;
	int order = jet_path_order(x->path.data, x->path.len, y->path.data, y->path.len);

	if (!order)
		order = (x->cover > y->cover) - (x->cover < y->cover);
	return order ? order : (x->need > y->need) - (x->need < y->need);
}

static bool is_above(const struct jet_plan_root *dir, const struct jet_plan_root *root)
{
	return root->path.len > dir->path.len &&
	       (!dir->path.len || (root->path.data[dir->path.len] == '/' &&
	                           memcmp(root->path.data, dir->path.data, dir->path.len) == 0));
}

/* Where something below it is needed the directory is made anyhow. */
static void drop_needless(struct jet_plan *plan)
{
	size_t kept = 0, next = 0;

	for (size_t i = 0; i < plan->nroots; i++) {
		const struct jet_plan_root r = plan->roots[i];

		/* The first other path behind it is below it, if there is one. */
		next = next > i ? next : i;
		while (next < plan->nroots && jet_str_cmp(plan->roots[next].path, r.path) == 0)
			next++;
		if (!r.alone || next == plan->nroots || !is_above(&r, &plan->roots[next]))
			plan->roots[kept++] = r;
	}
	plan->nroots = kept;
}

void jet_plan_finish(struct jet_plan *plan)
{
	size_t n = 0;

	if (plan->nroots)
		qsort(plan->roots, plan->nroots, sizeof(*plan->roots), compare);
	for (size_t i = 0; i < plan->nroots; i++) {
		if (!n || compare(&plan->roots[n - 1], &plan->roots[i]) != 0)
			plan->roots[n++] = plan->roots[i];
		else
			plan->roots[n - 1].alone = plan->roots[n - 1].alone && plan->roots[i].alone;
	}
	plan->nroots = n;
	drop_needless(plan);
	jet_tree_close(plan->tree);
	plan->tree = NULL;
}

int jet_plan_open(const char *root, const struct jet_walk_options *options, struct jet_plan **out,
                  struct jet_error *err)
{
	struct jet_plan *plan = calloc(1, sizeof(*plan));
	int rc;

	*out = NULL;
	if (!plan)
		return jet_fail_nomem(err);
	plan->root = root;
	plan->options = *options;
	rc = jet_tree_open(root, &plan->tree);
	if (rc < 0) {
		free(plan);
		return rc == -ENOMEM ? jet_fail_nomem(err)
		                     : jet_fail_errno(err, JET_E_IO, -rc, root, "cannot open the context");
	}
	*out = plan;
	return 0;
}

void jet_plan_free(struct jet_plan *plan)
{
	if (!plan)
		return;
	jet_tree_close(plan->tree);
	jet_rulesets_clear(&plan->rulesets);
	jet_numbers_clear(&plan->cover_numbers);
	jet_ruleset_free(plan->include);
	free(plan->roots);
	free(plan->needs);
	free(plan->covers);
	jet_arena_clear(&plan->arena);
	free(plan);
}
