/* SPDX-License-Identifier: Apache-2.0 */
#include "report/outline.h"

#include "context/needs.h"
#include "report/outline_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- uses --------------------------------------------------------------- */

struct place {
	const struct jet_instruction *in;
	size_t stage;
};

static int by_instruction(const void *a, const void *b)
{
	const uintptr_t x = (uintptr_t)((const struct place *)a)->in;
	const uintptr_t y = (uintptr_t)((const struct place *)b)->in;

	return (x > y) - (x < y);
}

/* The stages of all instructions that read, to look one up quickly. */
static struct place *find_places(const struct jet_needs *needs, size_t *n)
{
	struct place *places;
	size_t room = 0;

	*n = 0;
	for (size_t p = 0; p < needs->nplatforms; p++)
		room += needs->platforms[p].sources->n;
	places = calloc(room + 1, sizeof(*places));
	for (size_t p = 0; places && p < needs->nplatforms; p++) {
		const struct jet_sources *s = needs->platforms[p].sources;

		for (size_t i = 0; i < s->n; i++)
			places[(*n)++] = (struct place){ s->list[i].in, s->list[i].stage };
	}
	if (*n)
		qsort(places, *n, sizeof(*places), by_instruction);
	return places;
}

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
	struct place *places, wanted = { 0 };
	size_t n;

	o->uses = calloc(needs->plan->nneeds + 1, sizeof(*o->uses));
	places = find_places(needs, &n);
	for (size_t i = 0; o->uses && places && i < needs->plan->nneeds; i++) {
		const struct place *found;

		wanted.in = needs->plan->needs[i].in;
		found = bsearch(&wanted, places, n, sizeof(*places), by_instruction);
		o->uses[i].use = jet_needs_use(needs, i);
		o->uses[i].stage = found ? found->stage : 0;
		o->nuses++;
	}
	free(places);
	return o->uses && places ? sort_uses(o) : -1;
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
