/* SPDX-License-Identifier: Apache-2.0 */
#include "context/plan.h"

#include "base/error.h"
#include "base/path.h"
#include "context/follow.h"
#include "context/plan_private.h"
#include "match/ruleset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- instructions ------------------------------------------------------- */

/* ONBUILD lines are parsed anew for every platform, and run by several stages, so pointers
 * say nothing; but no line has two instructions. */
static bool is_need(const struct jet_need *need, const struct jet_source *s)
{
	return need->stage == s->stage && need->in->at.line == s->in->at.line;
}

/* Do they belong to one run of an instruction? */
static bool is_same_run(const struct jet_source *a, const struct jet_source *b)
{
	return a->in == b->in && a->stage == b->stage;
}

static int add_need(struct jet_planner *p)
{
	struct jet_plan *plan = p->plan;
	const struct jet_need *last = plan->nneeds ? &plan->needs[plan->nneeds - 1] : NULL;
	struct jet_need *grown;

	p->need = (uint32_t)plan->nneeds - 1;
	if (last && is_need(last, p->source))
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
	plan->needs[plan->nneeds++] = (struct jet_need){
		p->df->name, p->source->in, p->source->at, p->source->stage, p->need,
	};
	return 0;
}

/* BuildKit copies nothing and goes on; the others want something to copy. */
static int check_matched(struct jet_planner *p)
{
	if (p->nmatched || p->source->kind == JET_SOURCE_BIND || p->source->parents ||
	    !p->df->dialect->wants_match)
		return 0;
	if (jet_has_wildcard(p->source->path))
		return jet_wild_no_match(p, p->source->path);
	return jet_planner_not_found(p, p->source->path);
}

/* Files are counted, not words: a wildcard is as many as it matches. */
static int check_destination(struct jet_planner *p)
{
	const struct jet_source *s = p->source;

	if (!s->one_file || p->nmatched + s->nremote < 2)
		return 0;
	p->word = &s->in->words[s->in->nwords - 1];
	return jet_fail_spot(p->err, JET_E_OPTION, p->df->name, s->at, JET_MANY_WANT_SLASH,
	                     p->df->dialect->name);
}

/* All sources of its instruction are done. */
static int end_instruction(struct jet_planner *p)
{
	const int rc = check_matched(p);

	return rc < 0 ? rc : check_destination(p);
}

static int add_sources(struct jet_planner *p, const struct jet_sources *sources,
                       const struct jet_pair *context)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sources->n; i++) {
		p->source = &sources->list[i];
		p->word = &p->source->word;
		if (p->source->context != context)
			continue;
		if (!i || !is_same_run(&sources->list[i - 1], p->source))
			p->nmatched = 0;
		rc = add_need(p);
		if (rc == 0)
			rc = jet_planner_add(p);
		if (rc == 0 && (i + 1 == sources->n || !is_same_run(&sources->list[i + 1], p->source)))
			rc = end_instruction(p);
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

static int fail_following(struct jet_planner *p, const struct jet_sources *sources, struct jet_str path,
                          int rc)
{
	const struct jet_spot at = spot_of(sources, path);

	if (rc == -ENOMEM)
		return jet_fail_nomem(p->err);
	if (rc == -ELOOP)
		return jet_planner_fail_loop(p, at, (struct jet_str){ path.data + 1, path.len - 1 });
	p->path.len = 0;
	if (jet_tree_node_path(jet_tree_culprit(p->plan->tree), &p->path) < 0 ||
	    jet_buf_terminate(&p->path) < 0)
		return jet_fail_nomem(p->err);
	return jet_planner_fail_reading(p, at, jet_look_fail(p->err, &p->path, -rc, "cannot be read"));
}

static int by_path(const void *a, const void *b)
{
	return jet_str_cmp(*(const struct jet_str *)a, *(const struct jet_str *)b);
}

/* BuildKit sorts what it asks for, and the order matters: of two paths through one link
 * the client takes only the first one to where the link leads. */
static struct jet_str *sorted_paths(struct jet_planner *p, const struct jet_sources *sources)
{
	struct jet_str *paths = jet_arena_array(&p->plan->arena, sources->npaths, sizeof(*paths));

	if (!paths)
		return NULL;
	memcpy(paths, sources->paths, sources->npaths * sizeof(*paths));
	qsort(paths, sources->npaths, sizeof(*paths), by_path);
	return paths;
}

/* What BuildKit's client is asked for, and so what there is to read. */
static int find_include(struct jet_planner *p, const struct jet_sources *sources)
{
	struct jet_follow f = {
		.tree = p->plan->tree, .npaths = sources->npaths, .arena = &p->plan->arena,
	};
	struct jet_error why = { 0 };
	int rc;

	if (!p->df->dialect->asks_client || !sources->npaths)
		return 0;
	f.paths = sorted_paths(p, sources);
	if (!f.paths)
		return jet_fail_nomem(p->err);
	rc = jet_follow(&f);
	if (rc < 0)
		return fail_following(p, sources, f.paths[f.bad], rc);
	if (!f.patterns)
		return 0;
	rc = jet_ruleset_extend(NULL, f.patterns, f.n, &p->include, &why);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(p->err);
	return rc < 0 ? jet_fail(p->err, JET_E_PATTERN, p->df->name, JET_INCLUDE_PATTERNS "%s%s",
	                         why.message, jet_rulesets_hint(why.message))
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
	/* Not where an ignore file is to blame. */
	if (rc < 0 && p.word && err && jet_error_in(err, df->name))
		jet_error_word(err, p.word->at);
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

static int by_line(const void *a, const void *b)
{
	const struct jet_need *x = a, *y = b;

	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	if (x->in->at.line != y->in->at.line)
		return x->in->at.line < y->in->at.line ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Another platform may need a line between those of the first one. */
static int sort_needs(struct jet_plan *plan)
{
	uint32_t *places = calloc(plan->nneeds + 1, sizeof(*places));

	if (!places)
		return -1;
	if (plan->nneeds)
		qsort(plan->needs, plan->nneeds, sizeof(*plan->needs), by_line);
	for (size_t i = 0; i < plan->nneeds; i++)
		places[plan->needs[i].number] = (uint32_t)i;
	for (size_t i = 0; i < plan->nroots; i++)
		plan->roots[i].need = places[plan->roots[i].need];
	free(places);
	return 0;
}

int jet_plan_finish(struct jet_plan *plan)
{
	size_t n = 0;

	if (plan->nadded > 1 && sort_needs(plan) < 0)
		return JET_E_NOMEM;
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
	return 0;
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
	rc = jet_tree_open(options->archive, root, &plan->tree);
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
