/* SPDX-License-Identifier: Apache-2.0 */
#include "report/outline.h"

#include "context/needs.h"

#include <stdlib.h>
#include <string.h>

/* "name@sha256:..." is pinned; "name:tag" may move; without either it is ":latest". */
static enum jet_outline_pin pin_of(struct jet_str image)
{
	const char *slash = NULL;

	if (image.len && memchr(image.data, '@', image.len))
		return JET_OUTLINE_DIGEST;
	for (size_t i = 0; i < image.len; i++) {
		if (image.data[i] == '/')
			slash = image.data + i;
	}
	/* A ":" before the last "/" belongs to a registry's port. */
	if (slash) {
		image.len -= (size_t)(slash - image.data);
		image.data = slash;
	}
	return image.len && memchr(image.data, ':', image.len) ? JET_OUTLINE_TAG : JET_OUTLINE_NO_TAG;
}

static int fill_stage(struct jet_outline_stage *out, const struct jet_stage *in)
{
	static const enum jet_outline_base kinds[] = {
		[JET_BASE_SCRATCH] = JET_OUTLINE_SCRATCH,
		[JET_BASE_STAGE] = JET_OUTLINE_STAGE,
		[JET_BASE_IMAGE] = JET_OUTLINE_IMAGE,
		[JET_BASE_CONTEXT] = JET_OUTLINE_CONTEXT,
	};

	*out = (struct jet_outline_stage){
		.name = in->name,
		.base = in->kind == JET_BASE_CONTEXT ? in->context->value : in->base,
		.platform = in->platform,
		.kind = kinds[in->kind],
		.base_stage = in->base_stage,
		.pin = pin_of(in->base),
		.line = in->from->at.line,
		.reachable = in->reachable,
	};
	out->links = calloc(in->ndeps + 1, sizeof(*out->links));
	if (!out->links)
		return -1;
	for (size_t i = 0; i < in->ndeps; i++) {
		const struct jet_instruction *by = in->deps[i].in;

		out->links[out->nlinks++] = (struct jet_outline_link){
			in->deps[i].stage, by ? by->at.line : in->from->at.line, !by,
		};
	}
	return 0;
}

/* The stage whose instruction reads: found through the sources. */
static size_t stage_of(const struct jet_needs *needs, const struct jet_instruction *in)
{
	for (size_t p = 0; p < needs->nplatforms; p++) {
		const struct jet_sources *s = needs->platforms[p].sources;

		for (size_t i = 0; i < s->n; i++) {
			if (s->list[i].in == in)
				return s->list[i].stage;
		}
	}
	return 0;
}

int jet_outline_make(const struct jet_needs *needs, struct jet_outline *o)
{
	const struct jet_stages *stages = needs->platforms[0].stages;
	int rc = 0;

	memset(o, 0, sizeof(*o));
	o->stages = calloc(stages->n + 1, sizeof(*o->stages));
	o->uses = calloc(needs->plan->nneeds + 1, sizeof(*o->uses));
	if (!o->stages || !o->uses)
		rc = -1;
	for (size_t i = 0; rc == 0 && i < stages->n; i++)
		rc = fill_stage(&o->stages[o->nstages++], &stages->list[i]);
	for (size_t i = 0; rc == 0 && i < needs->plan->nneeds; i++) {
		o->uses[i].use = jet_needs_use(needs, i);
		o->uses[i].stage = stage_of(needs, needs->plan->needs[i].in);
		o->nuses++;
	}
	o->needs = needs;
	o->target = stages->target;
	o->syntax = needs->df->syntax;
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
	for (size_t i = 0; i < o->nstages; i++)
		free(o->stages[i].links);
	free(o->stages);
	free(o->uses);
	memset(o, 0, sizeof(*o));
}
