/* SPDX-License-Identifier: Apache-2.0 */
#include "report/outline.h"

#include "base/nearest.h"
#include "context/needs.h"

#include <stdlib.h>
#include <string.h>

/* A hostile file names many; nobody reads more guesses than that. */
enum { MAX_GUESSES = 50, MAX_GUESSED_STAGES = 1000, MIN_WORD = 4, MAX_WORD = 32 };

/* ---- images and contexts ------------------------------------------------ */

/* "name@sha256:..." is pinned; "name:tag" may move; without either it is ":latest". */
static enum jet_outline_pin pin_of(struct jet_str image)
{
	struct jet_reference ref;

	if (jet_reference_parse(image, &ref))
		return JET_OUTLINE_NO_TAG;
	return ref.digest.data ? JET_OUTLINE_DIGEST : ref.tag.data ? JET_OUTLINE_TAG : JET_OUTLINE_NO_TAG;
}

static int fill_contexts(struct jet_outline *o, const struct jet_needs *needs)
{
	static const enum jet_outline_place places[] = {
		[JET_CONTEXT_DIRECTORY] = JET_OUTLINE_DIRECTORY,
		[JET_CONTEXT_IMAGE] = JET_OUTLINE_REGISTRY,
		[JET_CONTEXT_REMOTE] = JET_OUTLINE_REMOTE,
	};

	o->contexts = calloc(needs->ncontexts + 1, sizeof(*o->contexts));
	if (!o->contexts)
		return -1;
	for (size_t i = 0; i < needs->ncontexts; i++) {
		const struct jet_pair *pair = &needs->contexts[i];

		o->contexts[o->ncontexts++] = (struct jet_outline_context){
			pair->name, pair->value, places[jet_context_kind(pair->value)], false,
		};
	}
	return 0;
}

static size_t context_of(struct jet_outline *o, const struct jet_pair *context, bool used)
{
	const size_t i = (size_t)(context - o->needs->contexts);

	o->contexts[i].used |= used;
	return i;
}

/* ---- stages ------------------------------------------------------------- */

/* A name that could have been one of a stage. */
static const char *guess(const struct jet_stages *stages, const char *const *names, struct jet_str name)
{
	char word[MAX_WORD];

	for (size_t i = 0; i < name.len; i++) {
		if (name.len >= sizeof(word) || memchr(":/@.", name.data[i], 4))
			return NULL;
		word[i] = name.data[i];
	}
	/* Any three letters are near any other. */
	if (name.len < MIN_WORD)
		return NULL;
	word[name.len] = '\0';
	return jet_nearest(word, names, stages->n);
}

/* An instruction of the stage stands behind its FROM; one that this runs of its base
 * before. */
static uint32_t onbuild_of(const struct jet_stage *stage, const struct jet_instruction *in)
{
	return in && in->at.line < stage->from->at.line ? in->at.line : 0;
}

static uint32_t line_of(const struct jet_stage *stage, const struct jet_instruction *in)
{
	return in && !onbuild_of(stage, in) ? in->at.line : stage->from->at.line;
}

static int fill_links(struct jet_outline_stage *out, const struct jet_stage *in)
{
	out->links = calloc(in->ndeps + 1, sizeof(*out->links));
	if (!out->links)
		return -1;
	for (size_t i = 0; i < in->ndeps; i++) {
		const struct jet_instruction *by = in->deps[i].in;

		out->links[out->nlinks++] = (struct jet_outline_link){
			.from = in->deps[i].stage, .line = line_of(in, by), .onbuild = onbuild_of(in, by),
			.base = !by,
		};
	}
	return 0;
}

static int fill_outside(struct jet_outline *o, struct jet_outline_stage *out, const struct jet_stage *in)
{
	out->outside = calloc(in->noutside + 1, sizeof(*out->outside));
	if (!out->outside)
		return -1;
	for (size_t i = 0; i < in->noutside; i++) {
		const struct jet_outside *from = &in->outside[i];
		struct jet_outline_outside *to = &out->outside[out->noutside++];

		*to = (struct jet_outline_outside){
			.name = from->name, .kind = JET_OUTLINE_IMAGE, .line = line_of(in, from->in),
			.onbuild = onbuild_of(in, from->in),
		};
		if (from->context) {
			to->kind = JET_OUTLINE_CONTEXT;
			to->context = context_of(o, from->context, in->reachable);
		} else if (jet_str_is(from->name, "scratch")) {
			to->kind = JET_OUTLINE_SCRATCH;
		} else {
			to->pin = pin_of(from->name);
		}
	}
	return 0;
}

static int fill_stage(struct jet_outline *o, const struct jet_stage *in)
{
	static const enum jet_outline_base kinds[] = {
		[JET_BASE_SCRATCH] = JET_OUTLINE_SCRATCH,
		[JET_BASE_STAGE] = JET_OUTLINE_STAGE,
		[JET_BASE_IMAGE] = JET_OUTLINE_IMAGE,
		[JET_BASE_CONTEXT] = JET_OUTLINE_CONTEXT,
	};
	struct jet_outline_stage *out = &o->stages[o->nstages++];

	*out = (struct jet_outline_stage){
		.name = in->name,
		.base = in->base,
		.platform = in->platform,
		.kind = kinds[in->kind],
		.base_stage = in->base_stage,
		.replaced = in->kind == JET_BASE_CONTEXT,
		.pin = pin_of(in->base),
		.line = in->from->at.line,
		.reachable = in->reachable,
	};
	if (in->context) {
		out->kind = JET_OUTLINE_CONTEXT;
		out->base = in->context->value;
		out->context = context_of(o, in->context, in->reachable);
	}
	return fill_links(out, in) < 0 ? -1 : fill_outside(o, out, in);
}

static int by_name(const void *a, const void *b)
{
	const struct jet_outline_outside *const *x = a, *const *y = b;

	return jet_str_cmp((*x)->name, (*y)->name);
}

/* Numbers the images, and guesses what misspelt ones were to be. */
static int number_images(struct jet_outline *o, const struct jet_stages *stages)
{
	const char **names = calloc(stages->n + 1, sizeof(*names));
	struct jet_outline_outside **all;
	size_t n = 0, guesses = 0;

	for (size_t i = 0; i < o->nstages; i++)
		n += o->stages[i].noutside;
	all = calloc(n + 1, sizeof(struct jet_outline_outside *));
	n = 0;
	for (size_t i = 0; names && all && i < o->nstages; i++) {
		names[i] = stages->list[i].name.data;
		for (size_t k = 0; k < o->stages[i].noutside; k++) {
			if (o->stages[i].outside[k].kind == JET_OUTLINE_IMAGE)
				all[n++] = &o->stages[i].outside[k];
		}
	}
	if (n)
		qsort(all, n, sizeof(struct jet_outline_outside *), by_name);
	for (size_t i = 0; i < n; i++) {
		const bool same = i && jet_str_cmp(all[i]->name, all[i - 1]->name) == 0;

		if (same)
			all[i]->nearest = all[i - 1]->nearest;
		else if (stages->n <= MAX_GUESSED_STAGES && guesses++ < MAX_GUESSES)
			all[i]->nearest = guess(stages, names, all[i]->name);
		o->nimages += !same;
		all[i]->image = o->nimages - 1;
	}
	free(names);
	free(all);
	return names && all ? 0 : -1;
}

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
	const struct jet_stages *stages = needs->platforms[0].stages;
	int rc;

	memset(o, 0, sizeof(*o));
	o->needs = needs;
	o->target = stages->target;
	o->syntax = needs->df->syntax;
	o->stages = calloc(stages->n + 1, sizeof(*o->stages));
	rc = o->stages ? fill_contexts(o, needs) : -1;
	for (size_t i = 0; rc == 0 && i < stages->n; i++)
		rc = fill_stage(o, &stages->list[i]);
	if (rc == 0)
		rc = number_images(o, stages);
	if (rc == 0)
		rc = fill_uses(o, needs);
	if (rc == 0)
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

void jet_outline_clear(struct jet_outline *o)
{
	for (size_t i = 0; o->stages && i < o->nstages; i++) {
		free(o->stages[i].links);
		free(o->stages[i].outside);
	}
	free(o->stages);
	free(o->uses);
	free(o->contexts);
	free(o->by_stage);
	memset(o, 0, sizeof(*o));
}
