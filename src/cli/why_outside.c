/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/why_outside.h"

#include "base/buf.h"
#include "report/rest.h"

#include <stdlib.h>
#include <string.h>

/* Each takes as long as a build's planning: a hostile file has very many. */
enum { MAX_STAGES = 64 };

/* A jet_rest_fn. */
static int note_failure(void *ctx, const struct jet_error *err)
{
	struct jet_why_outside *o = ctx;
	struct jet_error *grown = jet_grow(o->failures, o->nfailures, &o->capacity, sizeof(*grown));

	if (!grown)
		return JET_E_NOMEM;
	o->failures = grown;
	o->failures[o->nfailures++] = *err;
	return 0;
}

/* Sources that are not there take nothing from the others. */
static int open_needs(struct jet_why_outside *o, struct jet_why_stages *s, size_t stage)
{
	struct jet_error err = { 0 };
	int rc = jet_run_needs_of(o->run, stage, &s->needs, &err);

	if (rc < 0 && s->needs) {
		rc = jet_rest_plan(s->needs, note_failure, o, &err);
		o->cut = o->cut || rc == 0;
	}
	return rc < 0 ? rc : jet_outline_make(s->needs, &s->outline);
}

static void open_stages(struct jet_why_outside *o, struct jet_why_stages *s, size_t stage)
{
	struct jet_walk_options walk = jet_run_walk_options(o->run, 0);
	struct jet_error err;

	if (open_needs(o, s, stage) < 0)
		return;
	jet_needs_apply(s->needs, &walk);
	(void)jet_explainer_open(o->run->root, &walk, &s->explainer, &err);
}

static void close_stages(struct jet_why_stages *s)
{
	jet_explainer_close(s->explainer);
	jet_outline_clear(&s->outline);
	jet_needs_close(s->needs);
	memset(s, 0, sizeof(*s));
}

/* One with a mistake takes nothing from the others. */
static void open_one_by_one(struct jet_why_outside *o)
{
	struct jet_outline own;
	struct jet_why_stages *list;

	if (jet_outline_make(o->run->needs, &own) < 0)
		return;
	list = calloc(own.nstages < MAX_STAGES ? own.nstages : MAX_STAGES, sizeof(*list));
	if (list) {
		free(o->list);
		o->list = list;
		o->n = 0;
	}
	for (size_t i = 0; list && i < own.nstages; i++) {
		if (own.stages[i].reachable)
			continue;
		if (o->n == MAX_STAGES) {
			o->cut = true;
			break;
		}
		open_stages(o, &o->list[o->n++], i + 1);
	}
	jet_outline_clear(&own);
}

static void open_all(struct jet_why_outside *o)
{
	o->list = calloc(1, sizeof(*o->list));
	if (!o->list)
		return;
	o->n = 1;
	open_stages(o, &o->list[0], JET_RUN_ALL_STAGES);
	if (o->list[0].explainer)
		return;
	close_stages(&o->list[0]);
	open_one_by_one(o);
}

static void ask(struct jet_why_outside *o)
{
	if (!o->asked)
		open_all(o);
	o->asked = true;
}

/* False: it cannot be asked. */
static bool find_use(struct jet_why_stages *s, const char *path, struct jet_why_reader *reader)
{
	struct jet_explanation x;
	struct jet_error err;

	if (!s->explainer || jet_explain(s->explainer, path, &x, &err) < 0)
		return false;
	if (x.fate == JET_FATE_SHIPPED && x.nby) {
		reader->use = &s->outline.uses[x.by[0]];
		reader->stage = s->outline.stages[reader->use->stage].name;
	}
	return true;
}

struct jet_why_reader jet_why_outside_reader(struct jet_why_outside *o, const char *path)
{
	struct jet_why_reader reader = { 0 };

	ask(o);
	reader.known = o->n > 0 && !o->cut;
	for (size_t i = 0; o->list && i < o->n && !reader.use; i++)
		reader.known = find_use(&o->list[i], path, &reader) && reader.known;
	return reader;
}

bool jet_why_is_about(const struct jet_error *err, const char *path)
{
	const char *rooted = err->path;
	const size_t n = rooted[0] ? strlen(rooted + 1) : 0, m = strlen(path);

	if (!n || strncmp(rooted + 1, path, n < m ? n : m) != 0)
		return false;
	return n == m || (n < m ? path[n] == '/' : rooted[1 + m] == '/');
}

const struct jet_error *jet_why_outside_failure(struct jet_why_outside *o, const char *path)
{
	ask(o);
	for (size_t i = 0; i < o->nfailures; i++) {
		if (jet_why_is_about(&o->failures[i], path))
			return &o->failures[i];
	}
	return NULL;
}

void jet_why_outside_clear(struct jet_why_outside *o)
{
	for (size_t i = 0; i < o->n; i++)
		close_stages(&o->list[i]);
	free(o->list);
	free(o->failures);
	memset(o, 0, sizeof(*o));
}
