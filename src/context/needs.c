/* SPDX-License-Identifier: Apache-2.0 */
#include "context/needs.h"

#include "base/error.h"
#include "context/contexts.h"
#include "context/judge.h"
#include "dockerfile/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- NAME=VALUE --------------------------------------------------------- */

static int split_pairs(struct jet_needs *n, const char *const *texts, size_t count,
                       struct jet_pair **out, size_t *nout, struct jet_error *err)
{
	*nout = 0;
	*out = jet_arena_array(&n->arena, count + 1, sizeof(**out));
	if (!*out)
		return jet_fail_nomem(err);
	for (size_t i = 0; i < count; i++) {
		const char *text = jet_arena_dup(&n->arena, texts[i], strlen(texts[i]));
		const char *equals = text ? strchr(text, '=') : NULL;

		if (!text)
			return jet_fail_nomem(err);
		if (!equals || equals == text)
			return jet_fail(err, JET_E_ARG, NULL, "\"%s\" is not NAME=VALUE",
			                JET_SHOW_TEXT(texts[i]));
		(*out)[(*nout)++] = (struct jet_pair){ { text, (size_t)(equals - text) },
			                               { equals + 1, strlen(equals + 1) } };
	}
	return 0;
}

/* ---- one platform ------------------------------------------------------- */

/* For which of several the build would fail. */
static int tell_platform(const struct jet_needs *n, const char *platform, int rc, struct jet_error *err)
{
	char text[sizeof(struct jet_shown) + 16];

	if (rc < 0 && rc != JET_E_NOMEM && n->several && platform && err && err->file[0]) {
		snprintf(text, sizeof(text), " (for %s)", JET_SHOW_TEXT(platform));
		jet_error_append(err, text);
	}
	return rc;
}

static int read_platform(struct jet_needs *n, struct jet_needs_platform *p,
                         const struct jet_needs_options *o, const char *platform,
                         enum jet_builder builder, struct jet_error *err)
{
	p->build = (struct jet_build_options){
		.builder = builder,
		.target = o->target,
		.stage = o->stage,
		.platform = platform,
		.args = n->args, .nargs = n->nargs,
		.env = n->env, .nenv = n->nenv,
		.contexts = n->contexts, .ncontexts = n->ncontexts,
		.all_stages = o->all_stages,
	};
	return jet_stages_build(n->df, &p->build, &p->stages, err);
}

/* "a,b" is two. */
static size_t count_platforms(const char *const *texts, size_t n)
{
	size_t count = n;

	for (size_t i = 0; i < n; i++) {
		for (const char *c = texts[i]; *c; c++)
			count += *c == ',';
	}
	return count;
}

static int read_list(struct jet_needs *n, const struct jet_needs_options *o, const char *text,
                     enum jet_builder builder, struct jet_error *err)
{
	int rc = 0;

	for (bool more = true; rc == 0 && more; n->nplatforms++) {
		const size_t len = strcspn(text, ",");
		const char *platform = jet_arena_dup(&n->arena, text, len);

		if (!platform)
			return jet_fail_nomem(err);
		rc = read_platform(n, &n->platforms[n->nplatforms], o, platform, builder, err);
		tell_platform(n, platform, rc, err);
		more = text[len] == ',';
		text += len + more;
	}
	return rc;
}

static int read_platforms(struct jet_needs *n, const struct jet_needs_options *o,
                          enum jet_builder builder, struct jet_error *err)
{
	const size_t count = count_platforms(o->platforms, o->nplatforms);
	int rc = 0;

	n->platforms = jet_arena_array(&n->arena, count + 1, sizeof(*n->platforms));
	if (!n->platforms)
		return jet_fail_nomem(err);
	n->several = count > 1;
	for (size_t i = 0; rc == 0 && i < o->nplatforms; i++)
		rc = read_list(n, o, o->platforms[i], builder, err);
	if (!o->nplatforms) {
		rc = read_platform(n, &n->platforms[0], o, NULL, builder, err);
		n->nplatforms = 1;
	}
	return rc;
}

static int add_all(struct jet_needs *n, struct jet_plan *plan, const struct jet_pair *context,
                   struct jet_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n->nplatforms; i++)
		rc = tell_platform(n, n->platforms[i].build.platform,
		                   jet_plan_add(plan, n->df, n->platforms[i].sources, context, err), err);
	if (rc == 0 && jet_plan_finish(plan) < 0)
		return jet_fail_nomem(err);
	return rc;
}

/* ---- named contexts ----------------------------------------------------- */

/* A directory has its own ignore file; the main one does not count there. */
static int plan_tree(struct jet_needs *n, struct jet_needs_tree *t, enum jet_builder builder,
                     struct jet_error *err)
{
	struct jet_walk_options options = { .builder = builder };
	int rc;

	t->root = strndup(t->pair->value.data, t->pair->value.len);
	if (!t->root)
		return jet_fail_nomem(err);
	rc = jet_locate(t->root, "-", builder, &t->located, err);
	if (rc == 0 && t->located.ignore_file)
		rc = jet_ruleset_load(t->located.ignore_file, builder, &t->rules, err);
	options.rs = t->rules;
	if (rc == 0)
		rc = jet_plan_open(t->root, &options, &t->plan, err);
	if (rc == 0)
		rc = add_all(n, t->plan, t->pair, err);
	if (rc < 0 && rc != JET_E_NOMEM)
		jet_contexts_tell(t->pair, err);
	return rc;
}

static bool is_read(const struct jet_needs *n, const struct jet_pair *context)
{
	for (size_t i = 0; i < n->nplatforms; i++) {
		const struct jet_sources *s = n->platforms[i].sources;

		for (size_t k = 0; k < s->n; k++) {
			if (s->list[k].context == context)
				return true;
		}
	}
	return false;
}

static int plan_trees(struct jet_needs *n, enum jet_builder builder, struct jet_error *err)
{
	int rc = 0;

	n->trees = jet_arena_array(&n->arena, n->ncontexts + 1, sizeof(*n->trees));
	if (!n->trees)
		return jet_fail_nomem(err);
	for (size_t i = 0; rc == 0 && i < n->ncontexts; i++) {
		if (jet_context_kind(n->contexts[i].value) != JET_CONTEXT_DIRECTORY ||
		    !is_read(n, &n->contexts[i]))
			continue;
		n->trees[n->ntrees].pair = &n->contexts[i];
		rc = plan_tree(n, &n->trees[n->ntrees++], builder, err);
	}
	return rc;
}

/* ---- variables that are not set ----------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct jet_unset_var *const *x = a, *const *y = b;
	int order = jet_str_cmp((*x)->name, (*y)->name);

	if ((*x)->at.line != (*y)->at.line)
		return (*x)->at.line < (*y)->at.line ? -1 : 1;
	if ((*x)->at.column != (*y)->at.column)
		return (*x)->at.column < (*y)->at.column ? -1 : 1;
	return order ? order : jet_str_cmp((*x)->image, (*y)->image);
}

/* Those of all platforms, each once. */
static int unite_unset(struct jet_needs *n, struct jet_error *err)
{
	size_t room = 0, kept = 0;

	for (size_t i = 0; i < n->nplatforms; i++)
		room += n->platforms[i].sources ? n->platforms[i].sources->nunset : 0;
	n->unset = jet_arena_array(&n->arena, room + 1, sizeof(*n->unset));
	if (!n->unset)
		return jet_fail_nomem(err);
	for (size_t i = 0; i < n->nplatforms; i++) {
		const struct jet_sources *s = n->platforms[i].sources;

		for (size_t k = 0; s && k < s->nunset; k++)
			n->unset[n->nunset++] = &s->unset[k];
	}
	/* Those of one platform stand in the order in which they are come upon. */
	if (n->nplatforms <= 1)
		return 0;
	qsort(n->unset, n->nunset, sizeof(*n->unset), by_place);
	for (size_t i = 0; i < n->nunset; i++) {
		if (!kept || by_place(&n->unset[kept - 1], &n->unset[i]) != 0)
			n->unset[kept++] = n->unset[i];
	}
	n->nunset = kept;
	return 0;
}

size_t jet_needs_nunset(const struct jet_needs *n)
{
	return n->nunset;
}

struct jet_unset jet_needs_unset(const struct jet_needs *n, size_t index)
{
	const struct jet_unset_var *u = n->unset[index];

	return (struct jet_unset){
		.file = n->df->name,
		.line = u->at.line, .column = u->at.column,
		.declared = u->declared, .fallback = u->fallback,
		.name = u->name.data, .name_len = u->name.len,
		.image = u->image.data, .image_len = u->image.len,
	};
}

size_t jet_needs_nundeclared(const struct jet_needs *n)
{
	return n->nundeclared;
}

struct jet_undeclared jet_needs_undeclared(const struct jet_needs *n, size_t index)
{
	const struct jet_undeclared_arg *arg = &n->undeclared[index];

	return (struct jet_undeclared){ arg->name.data, arg->name.len, arg->nearest };
}

/* ---- the whole ---------------------------------------------------------- */

/* Everything that does not look at the context. */
static int read_dockerfile(struct jet_needs *n, const void *data, size_t len,
                           const struct jet_needs_options *o, enum jet_builder builder,
                           struct jet_error *err)
{
	int rc = jet_dialect_check(builder, err);

	if (rc == 0)
		rc = split_pairs(n, o->args, o->nargs, &n->args, &n->nargs, err);
	if (rc == 0)
		rc = split_pairs(n, o->env, o->nenv, &n->env, &n->nenv, err);
	if (rc == 0)
		rc = split_pairs(n, o->contexts, o->ncontexts, &n->contexts, &n->ncontexts, err);
	if (rc == 0)
		rc = jet_contexts_check(n->contexts, &n->ncontexts, jet_df_dialect_of(builder), err);
	if (rc == 0)
		rc = jet_dockerfile_parse(data, len, o->name ? o->name : "Dockerfile", builder, &n->df, err);
	if (rc == 0 && jet_undeclared_find(n->df, n->args, n->nargs, &n->arena, &n->undeclared,
	                                   &n->nundeclared) < 0)
		rc = jet_fail_nomem(err);
	return rc < 0 ? rc : read_platforms(n, o, builder, err);
}

int jet_needs_check(const void *data, size_t len, const struct jet_needs_options *o,
                    enum jet_builder builder, struct jet_error *err)
{
	struct jet_needs *n = calloc(1, sizeof(*n));
	int rc = n ? read_dockerfile(n, data, len, o, builder, err) : jet_fail_nomem(err);

	jet_needs_close(n);
	return rc;
}

int jet_needs_open(const char *root, const void *data, size_t len, const struct jet_needs_options *o,
                   const struct jet_walk_options *walk, struct jet_needs **out, struct jet_error *err)
{
	const enum jet_builder builder = jet_walk_builder(walk);
	struct jet_needs *n = calloc(1, sizeof(*n));
	struct jet_walk_options options = *walk;
	int rc;

	*out = NULL;
	if (!n)
		return jet_fail_nomem(err);
	options.builder = builder;
	options.plan = NULL;
	options.sent = NULL;
	rc = read_dockerfile(n, data, len, o, builder, err);
	for (size_t i = 0; rc == 0 && i < n->nplatforms; i++) {
		struct jet_needs_platform *p = &n->platforms[i];

		rc = tell_platform(n, p->build.platform, jet_sources_find(p->stages, &p->sources, err), err);
	}
	if (rc != JET_E_NOMEM && unite_unset(n, err) < 0)
		rc = JET_E_NOMEM;
	if (rc == 0)
		rc = jet_plan_open(root, &options, &n->plan, err);
	if (rc == 0)
		rc = add_all(n, n->plan, NULL, err);
	if (rc == 0)
		rc = plan_trees(n, builder, err);
	if (rc == JET_E_NOMEM)
		jet_needs_close(n);
	else
		*out = n;
	return rc;
}

void jet_needs_apply(const struct jet_needs *n, struct jet_walk_options *walk)
{
	walk->plan = n->plan;
	walk->sent = n->plan->include;
}

size_t jet_needs_count(const struct jet_needs *n)
{
	return n->plan->nneeds;
}

struct jet_use jet_needs_use(const struct jet_needs *n, size_t index)
{
	const struct jet_need *need = &n->plan->needs[index];
	struct jet_use use = {
		.file = need->file,
		.line = need->at.line,
		.text = need->in->line.data,
		.text_len = need->in->line.len,
	};

	if (need->in->at.line != need->at.line) {
		const struct jet_str from = n->platforms[0].stages->list[need->stage].from->line;

		use.onbuild = need->in->at.line;
		use.from = from.data;
		use.from_len = from.len;
	}
	return use;
}

void jet_needs_close(struct jet_needs *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->ntrees; i++) {
		jet_plan_free(n->trees[i].plan);
		jet_ruleset_free(n->trees[i].rules);
		jet_located_clear(&n->trees[i].located);
		free(n->trees[i].root);
	}
	jet_plan_free(n->plan);
	for (size_t i = 0; i < n->nplatforms; i++) {
		jet_sources_free(n->platforms[i].sources);
		jet_stages_free(n->platforms[i].stages);
	}
	jet_dockerfile_free(n->df);
	jet_arena_clear(&n->arena);
	free(n);
}
