/* SPDX-License-Identifier: Apache-2.0 */
#include "report/rest.h"

#include "base/error.h"
#include "context/needs.h"

#include <stdio.h>

/* Each takes the rules anew. */
enum { MAX_TRIES = 256 };

struct rest {
	const struct jet_dockerfile *df;
	const struct jet_needs_platform *platform;
	bool several;
	struct jet_plan *plan;
	unsigned ntries;
	jet_rest_fn fn;
	void *ctx;
};

static int add(struct rest *r, size_t from, size_t to, struct jet_error *err)
{
	struct jet_sources some = *r->platform->sources;
	int rc;

	some.list += from;
	some.n = to - from;
	/* What is asked for is asked for by all of them. */
	some.paths = NULL;
	some.npaths = 0;
	rc = jet_plan_add(r->plan, r->df, &some, NULL, err);
	/* It would be looked for among all that are there already: once more is no harm. */
	r->plan->nadded = 0;
	return rc;
}

/* What a source that fails has put stands for nothing. */
static void drop_roots(struct rest *r, size_t kept)
{
	const uint32_t need = (uint32_t)r->plan->nneeds - 1;

	while (r->plan->nroots > kept && r->plan->roots[r->plan->nroots - 1].need == need)
		r->plan->nroots--;
}

/* The first source of the instruction that has failed. */
static size_t find_failed(const struct rest *r, size_t at)
{
	const struct jet_sources *s = r->platform->sources;
	const struct jet_need *need;

	if (!r->plan->nneeds)
		return s->n;
	need = &r->plan->needs[r->plan->nneeds - 1];
	while (at < s->n && (s->list[at].context || s->list[at].stage != need->stage ||
	                     s->list[at].in->at.line != need->in->at.line))
		at++;
	return at;
}

static int tell(struct rest *r, struct jet_error *err)
{
	char text[80];

	if (r->several && err->file[0]) {
		snprintf(text, sizeof(text), " (for %.60s)", r->platform->build.platform);
		jet_error_append(err, text);
	}
	return r->fn(r->ctx, err);
}

/* The sources of the instruction at *@at, each by itself; goes behind it. */
static int add_each(struct rest *r, size_t *at)
{
	const struct jet_sources *s = r->platform->sources;
	const struct jet_source *first = &s->list[*at];
	struct jet_error err;
	size_t kept;
	int rc;

	for (; *at < s->n && s->list[*at].in == first->in && s->list[*at].stage == first->stage; ++*at) {
		if (++r->ntries > MAX_TRIES)
			return 0;
		kept = r->plan->nroots;
		rc = add(r, *at, *at + 1, &err);
		if (rc == JET_E_NOMEM)
			return rc;
		if (rc < 0)
			drop_roots(r, kept);
	}
	return 1;
}

/* As jet_rest_plan(), for one platform. */
static int add_platform(struct rest *r, struct jet_error *err)
{
	const size_t n = r->platform->sources->n;
	size_t at = 0;
	int rc;

	while (at < n) {
		rc = add(r, at, n, err);
		if (rc == 0 || rc == JET_E_NOMEM)
			return rc < 0 ? rc : 1;
		at = find_failed(r, at);
		if (at == n)
			return rc;
		drop_roots(r, 0);
		rc = tell(r, err);
		if (rc == 0)
			rc = add_each(r, &at);
		if (rc <= 0)
			return rc;
	}
	return 1;
}

static bool is_read(const struct jet_needs *n)
{
	return n->plan && n->nplatforms && n->platforms[n->nplatforms - 1].sources;
}

static int start(struct jet_needs *n, struct jet_error *err)
{
	const struct jet_walk_options options = n->plan->options;
	struct jet_plan *plan;
	const int rc = jet_plan_open(n->plan->root, &options, &plan, err);

	if (rc < 0)
		return rc;
	jet_plan_free(n->plan);
	n->plan = plan;
	return 0;
}

int jet_rest_plan(struct jet_needs *n, jet_rest_fn fn, void *ctx, struct jet_error *err)
{
	struct rest r = { .df = n->df, .several = n->several, .fn = fn, .ctx = ctx };
	int rc = 1;

	if (!is_read(n))
		return err->code;
	if (start(n, err) < 0)
		return err->code;
	r.plan = n->plan;
	for (size_t i = 0; rc == 1 && i < n->nplatforms; i++) {
		r.platform = &n->platforms[i];
		rc = add_platform(&r, err);
	}
	if (rc >= 0 && jet_plan_finish(n->plan) < 0)
		return jet_fail_nomem(err);
	return rc;
}
