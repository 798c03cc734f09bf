/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage_private.h"

#include "base/error.h"
#include "dockerfile/check.h"
#include "dockerfile/platform.h"

#include <string.h>

static int read_platform(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;
	const struct jet_word *flag = jet_instruction_flag_word(in, "platform");
	struct jet_str value = jet_instruction_flag(in, "platform");
	int rc;

	if (!flag || !value.len)
		return 0;
	rc = jet_stages_expand(s, (struct jet_word){ value, flag->at, flag->end }, in->at, &s->global,
	                       &stage->platform, err);
	if (rc < 0)
		return rc;
	if (!stage->platform.len)
		return jet_fail_word(err, JET_E_EXPAND, s->df->name, in->at, flag->at,
		                     "empty platform value from expression %s", JET_SHOW(value));
	if (!jet_platform_valid(stage->platform))
		return jet_fail_word(err, JET_E_PLATFORM, s->df->name, in->at, flag->at,
		                     "failed to parse platform %s", JET_SHOW(stage->platform));
	return 0;
}

static int read_base(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;
	int rc = 0;

	if (!s->dialect->checks_all)
		rc = jet_instruction_check(s->df, in, err);
	if (rc == 0)
		rc = jet_stages_expand(s, in->words[0], in->at, &s->global, &stage->base, err);
	if (rc < 0)
		return rc;
	if (!stage->base.len)
		return jet_fail_word(err, JET_E_EXPAND, s->df->name, in->at, in->words[0].at,
		                     "base name (%s) should not be blank", JET_SHOW(in->words[0].text));
	return read_platform(s, stage, err);
}

static int read_name(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;

	if (in->nwords != 3)
		return 0;
	if (jet_stages_lower(s, in->words[2].text, &stage->name) < 0)
		return jet_fail_nomem(err);
	if (s->dialect->unique_names && jet_stages_find(s, stage->name) != SIZE_MAX &&
	    jet_stages_fault(s, stage, jet_fail_word(err, JET_E_STAGE, s->df->name, in->at,
	                                             in->words[2].at, "duplicate name %s",
	                                             JET_SHOW(stage->name)), err) < 0)
		return JET_E_STAGE;
	return jet_stages_add_name(s, stage, err);
}

static int add_base(struct jet_stage *stage, size_t on, struct jet_error *err)
{
	struct jet_dependency *grown;

	stage->kind = JET_BASE_STAGE;
	stage->base_stage = on;
	grown = jet_grow(stage->deps, stage->ndeps, &stage->dep_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(err);
	stage->deps = grown;
	stage->deps[stage->ndeps++] = (struct jet_dependency){ on, NULL };
	return 0;
}

/* buildah looks for the stage before it knows the defaults of ARG: unless it finds it
 * then, the base is an image. */
static int find_base(struct jet_stages *s, const struct jet_stage *stage, size_t *base,
                     struct jet_error *err)
{
	struct jet_str name = stage->base;
	int rc = 0;

	*base = SIZE_MAX;
	if (s->dialect->bases_by_args && !stage->fault)
		rc = jet_stages_expand(s, stage->from->words[0], stage->from->at, &s->given, &name, NULL);
	if (rc == JET_E_NOMEM)
		return jet_fail_nomem(err);
	if (rc == 0 && jet_str_cmp(name, stage->base) == 0)
		*base = jet_stages_find(s, name);
	return 0;
}

static int read_from(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	size_t base;
	int rc = read_base(s, stage, err);

	if (rc < 0)
		rc = jet_stages_fault(s, stage, rc, err);
	if (rc < 0)
		return rc;
	if (!stage->base.data)
		stage->base = (struct jet_str){ "", 0 };
	/* A name counts from the next line on. */
	rc = find_base(s, stage, &base, err);
	if (rc == 0)
		rc = read_name(s, stage, err);
	if (rc < 0)
		return rc;
	if (stage->context) {
		/* It is never built, but BuildKit has a look at all it has to do. */
		stage->kind = JET_BASE_CONTEXT;
		if (s->dialect->lazy)
			stage->n = 0;
		return 0;
	}
	if (base != SIZE_MAX)
		return add_base(stage, base, err);
	stage->kind = jet_str_is(stage->base, "scratch") ? JET_BASE_SCRATCH : JET_BASE_IMAGE;
	if (stage->kind == JET_BASE_IMAGE)
		stage->context = jet_stages_context(s, stage->base);
	return 0;
}

int jet_stages_read(struct jet_stages *s, struct jet_error *err)
{
	const struct jet_dockerfile *df = s->df;

	for (size_t i = 0; i < df->n; i++)
		s->n += df->list[i].keyword == JET_KEYWORD_FROM;
	s->list = jet_arena_array(&s->arena, s->n, sizeof(*s->list));
	if (!s->list)
		return jet_fail_nomem(err);
	s->n = 0;
	for (size_t i = 0; i < df->n; i++) {
		if (df->list[i].keyword == JET_KEYWORD_FROM) {
			s->list[s->n] = (struct jet_stage){
				.index = s->n, .from = &df->list[i], .list = &df->list[i + 1],
			};
			s->n++;
		} else if (s->n) {
			s->list[s->n - 1].n++;
		}
	}
	for (size_t i = 0; i < s->n; i++) {
		int rc = read_from(s, &s->list[i], err);

		if (rc < 0)
			return rc;
	}
	return 0;
}
