/* SPDX-License-Identifier: Apache-2.0 */
#include "report/outline.h"

#include "context/needs.h"
#include "report/outline_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- uses --------------------------------------------------------------- */

/* Gives every stage the list of its own. */
static int sort_uses(struct jet_outline *o)
{
	size_t at = 0;

	o->by_stage = calloc(o->nuses + 1, sizeof(*o->by_stage));
	if (!o->by_stage)
		return -1;
	for (size_t i = 0; i < o->nuses; i++)
		o->stages[o->uses[i].stage].nuses++;
	for (size_t i = 0; i < o->nstages; i++) {
		o->stages[i].uses = o->by_stage + at;
		at += o->stages[i].nuses;
		o->stages[i].nuses = 0;
	}
	for (size_t i = 0; i < o->nuses; i++) {
		struct jet_outline_stage *s = &o->stages[o->uses[i].stage];

		o->by_stage[(size_t)(s->uses - o->by_stage) + s->nuses++] = i;
	}
	return 0;
}

static int fill_uses(struct jet_outline *o, const struct jet_needs *needs)
{
	o->uses = calloc(needs->plan->nneeds + 1, sizeof(*o->uses));
	if (!o->uses)
		return -1;
	for (size_t i = 0; i < needs->plan->nneeds; i++) {
		o->uses[i].use = jet_needs_use(needs, i);
		o->uses[i].stage = needs->plan->needs[i].stage;
		o->nuses++;
	}
	return sort_uses(o);
}

/* ---- the whole ---------------------------------------------------------- */

int jet_outline_make(const struct jet_needs *needs, struct jet_outline *o)
{
	memset(o, 0, sizeof(*o));
	o->needs = needs;
	o->syntax = needs->df->syntax;
	if (jet_outline_fill_stages(o) == 0 && fill_uses(o, needs) == 0)
		return 0;
	jet_outline_clear(o);
	return JET_E_NOMEM;
}

void jet_outline_count(struct jet_outline *o, const struct jet_entry *e)
{
	if (e->type == JET_TYPE_DIR)
		return;
	o->files++;
	o->bytes += e->size;
	for (size_t i = 0; i < e->nby; i++) {
		o->uses[e->by[i]].files++;
		o->uses[e->by[i]].bytes += e->size;
	}
	if (e->nby == 1) {
		o->uses[e->by[0]].own_files++;
		o->uses[e->by[0]].own_bytes += e->size;
	}
}

static void clear_stage(struct jet_outline_stage *s)
{
	for (size_t i = 0; i < s->nfroms; i++)
		free(s->froms[i].platforms);
	free(s->froms);
	free(s->links);
	free(s->outside);
}

void jet_outline_clear(struct jet_outline *o)
{
	for (size_t i = 0; i < o->nstages; i++)
		clear_stage(&o->stages[i]);
	free(o->stages);
	free(o->uses);
	free(o->contexts);
	free(o->by_stage);
	memset(o, 0, sizeof(*o));
}
