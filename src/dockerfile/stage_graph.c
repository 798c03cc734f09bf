/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage_private.h"

#include "base/error.h"
#include "base/nearest.h"
#include "dockerfile/mount.h"
#include "dockerfile/reference.h"

#include <stdlib.h>
#include <string.h>

/* ---- dependencies ------------------------------------------------------- */

static int add_dependency(struct jet_stage *stage, size_t on, const struct jet_instruction *in,
                          struct jet_error *err)
{
	struct jet_dependency *grown;

	grown = jet_grow(stage->deps, stage->ndeps, &stage->dep_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(err);
	stage->deps = grown;
	stage->deps[stage->ndeps++] = (struct jet_dependency){ on, in };
	return 0;
}

/* What is no name of an image fails in every stage, as in FROM. */
static int check_image(const struct jet_stages *s, struct jet_str name, struct jet_spot told,
                       struct jet_spot at, struct jet_error *err)
{
	static const char *const transports[] = { "docker:", "dir:", "oci:", "oci-archive:", "ostree:",
		                                  "docker-archive:", "docker-daemon:",
		                                  "containers-storage:", "sif:", NULL };
	const char *fault = jet_reference_parse(name, NULL);

	for (size_t i = 0; fault && s->dialect->transports && transports[i]; i++) {
		const size_t n = strlen(transports[i]);

		if (name.len > n && memcmp(name.data, transports[i], n) == 0)
			fault = NULL;
	}
	if (!fault)
		return 0;
	return jet_fail_word(err, JET_E_STAGE, s->df->name, told, at,
	                     "failed to parse stage name \"%s\": %s", JET_SHOW(name), fault);
}

static int add_outside(struct jet_stage *stage, struct jet_outside outside, struct jet_error *err)
{
	struct jet_outside *grown;

	grown = jet_grow(stage->outside, stage->noutside, &stage->outside_capacity, sizeof(*grown));
	if (!grown)
		return jet_fail_nomem(err);
	stage->outside = grown;
	stage->outside[stage->noutside++] = outside;
	return 0;
}

/* @number: a stage may be named by its index. */
static int depend_on(struct jet_stages *s, struct jet_stage *stage, struct jet_outside what, bool number,
                     struct jet_spot told, struct jet_error *err)
{
	const struct jet_from from = jet_stages_resolve(s, stage, what.name, number);
	const size_t known = s->dialect->looks_back ? stage->index : s->n;

	what.context = from.context;
	if (from.kind == JET_FROM_STAGE && from.stage >= known + s->nlisted)
		return jet_fail_word(err, JET_E_STAGE, s->df->name, told, what.at, "invalid stage index %s",
		                     JET_SHOW(what.name));
	if (from.kind == JET_FROM_STAGE && from.stage >= known)
		return 0; /* an image that some line before has named */
	/* A named context may have taken the stage's place. */
	if (from.stage != SIZE_MAX)
		return add_dependency(stage, from.stage, what.in, err);
	s->nlisted += !s->dialect->lazy;
	return add_outside(stage, what, err);
}

/* A mount without "from" counts as one from scratch, whatever that is. */
static int depend_on_scratch(struct jet_stages *s, struct jet_stage *stage,
                             const struct jet_instruction *in, struct jet_error *err)
{
	const size_t named = jet_stages_find(s, (struct jet_str){ "scratch", 7 });

	if (s->dialect->lazy)
		return 0;
	if (named != SIZE_MAX)
		return add_dependency(stage, named, in, err);
	s->nlisted++;
	return 0;
}

/* What is wrong with the value itself has no line, unless a trigger has it. */
static int depend_on_copy(struct jet_stages *s, struct jet_stage *stage,
                          const struct jet_instruction *in, bool trigger, struct jet_error *err)
{
	const struct jet_word *flag = jet_instruction_flag_word(in, "from");
	const struct jet_str from = jet_instruction_flag(in, "from");
	const struct jet_spot told = trigger ? stage->from->at : (struct jet_spot){ 0, 0 };
	struct jet_str expanded;
	int rc;

	if (!flag || !from.len)
		return 0;
	rc = jet_stages_expand(s, (struct jet_word){ from, flag->at, flag->end }, told, NULL, &expanded,
	                       err);
	if (rc < 0)
		return rc;
	if (jet_str_cmp(expanded, from) != 0)
		return jet_fail_word(err, JET_E_EXPAND, s->df->name, told, flag->at,
		                     "variable expansion is not supported for --from, define a new stage "
		                     "with FROM using ARG from global scope as a workaround");
	return depend_on(s, stage, (struct jet_outside){ .name = from, .in = in, .at = flag->at,
	                                                 .told = trigger ? told : in->at },
	                 true, told, err);
}

/* An image of a mount has no line. */
static int depend_on_mounts(struct jet_stages *s, struct jet_stage *stage,
                            const struct jet_instruction *in, struct jet_error *err)
{
	static const char mount[] = "--mount=";
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < in->nflags; i++) {
		const struct jet_str flag = in->flags[i].text;
		struct jet_outside what = { .in = in, .at = in->flags[i].at };

		if (flag.len < sizeof(mount) - 1 || memcmp(flag.data, mount, sizeof(mount) - 1) != 0)
			continue;
		if (jet_mount_from(&s->arena, flag, &what.name) < 0)
			return jet_fail_nomem(err);
		rc = what.name.len ? depend_on(s, stage, what, false, what.told, err)
		                   : depend_on_scratch(s, stage, in, err);
	}
	return rc;
}

int jet_stages_depend(struct jet_stages *s, struct jet_stage *stage, const struct jet_instruction *in,
                      bool trigger, struct jet_error *err)
{
	int rc = 0;

	if (in->keyword == JET_KEYWORD_COPY)
		rc = depend_on_copy(s, stage, in, trigger, err);
	else if (in->keyword == JET_KEYWORD_RUN)
		rc = depend_on_mounts(s, stage, in, err);
	return rc < 0 ? jet_stages_fault(s, stage, rc, err) : 0;
}

int jet_stages_check_images(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;
	int rc = 0;

	if (stage->kind == JET_BASE_IMAGE && !stage->context && !stage->fault)
		rc = check_image(s, stage->base, in->at, in->words[0].at, err);
	for (size_t i = 0; rc == 0 && i < stage->noutside; i++) {
		const struct jet_outside *o = &stage->outside[i];

		if (!o->context && !jet_str_is(o->name, "scratch"))
			rc = check_image(s, o->name, o->told, o->at, err);
	}
	return rc < 0 ? jet_stages_fault(s, stage, rc, err) : 0;
}

/* ---- cycles ------------------------------------------------------------- */

enum { NEW, OPEN, DONE };

/* Where a stage needs another twice, builders remember the last line. */
static const struct jet_instruction *last_need(const struct jet_stage *stage, size_t on)
{
	const struct jet_instruction *in = NULL;

	for (size_t i = 0; i < stage->ndeps; i++) {
		if (stage->deps[i].stage == on && stage->deps[i].in)
			in = stage->deps[i].in;
	}
	return in;
}

/* Depth first without recursion: a hostile file may chain 100,000 stages.  Bases are no
 * part of it: they are earlier stages, and what goes through them in a circle fails as
 * something that is defined too late, if it is built.  Gives the instruction of @start
 * through which it is in a circle, or leads to one. */
static const struct jet_instruction *find_cycle(const struct jet_stages *s, size_t start,
                                                unsigned char *state, size_t *stack, size_t *next)
{
	size_t depth = 1;

	stack[0] = start;
	state[start] = OPEN;
	next[start] = 0;
	while (depth) {
		const struct jet_stage *stage = &s->list[stack[depth - 1]];
		const size_t i = next[stage->index]++;
		size_t on;

		if (i >= stage->ndeps) {
			state[stage->index] = DONE;
			depth--;
			continue;
		}
		on = stage->deps[i].stage;
		if (!stage->deps[i].in)
			continue;
		if (state[on] == OPEN)
			return last_need(&s->list[start], depth == 1 ? on : stack[1]);
		if (state[on] == NEW) {
			state[on] = OPEN;
			next[on] = 0;
			stack[depth++] = on;
		}
	}
	return NULL;
}

int jet_stages_check_cycles(struct jet_stages *s, struct jet_error *err)
{
	unsigned char *state = calloc(s->n + 1, 1);
	size_t *stack = calloc(s->n + 1, 2 * sizeof(*stack));
	int rc = state && stack ? 0 : jet_fail_nomem(err);

	for (size_t i = 0; rc == 0 && i < s->n; i++) {
		const struct jet_stage *stage = &s->list[i];
		const struct jet_instruction *in = NULL;

		if (state[i] == NEW && (!s->dialect->lazy || i == s->target))
			in = find_cycle(s, i, state, stack, stack + s->n);
		if (!in)
			continue;
		rc = jet_fail_spot(err, JET_E_STAGE, s->df->name, in->at,
		                   "circular dependency detected on stage: %s",
		                   stage->name.data ? JET_SHOW(stage->name) : "?");
	}
	free(state);
	free(stack);
	return rc;
}

/* ---- the target --------------------------------------------------------- */

int jet_stages_find_target(struct jet_stages *s, struct jet_error *err)
{
	const char *wanted = s->options->target;
	struct jet_str name;

	s->target = s->options->stage && s->options->stage <= s->n ? s->options->stage - 1 : s->n - 1;
	if (s->options->stage || !wanted || !wanted[0])
		return 0;
	if (jet_stages_lower(s, (struct jet_str){ wanted, strlen(wanted) }, &name) < 0)
		return jet_fail_nomem(err);
	s->target = jet_stages_find(s, name);
	if (s->target == SIZE_MAX) {
		const char **names = jet_arena_array(&s->arena, s->n, sizeof(*names));
		const char *nearest;

		for (size_t i = 0; names && i < s->n; i++)
			names[i] = s->list[i].name.data;
		nearest = names ? jet_nearest(wanted, names, s->n) : NULL;
		return jet_fail(err, JET_E_STAGE, s->df->name,
		                "target stage \"%s\" could not be found%s%s%s", JET_SHOW_TEXT(wanted),
		                nearest ? " (did you mean " : "", nearest ? nearest : "",
		                nearest ? "?)" : "");
	}
	return 0;
}

/* Others of the name are built along, if they come before the target. */
static void mark_twins(struct jet_stages *s, const struct jet_stage *stage, size_t *queue, size_t *n)
{
	for (size_t twin = stage->next_twin; twin; twin = s->list[twin].next_twin) {
		if (twin >= s->target || s->list[twin].reachable)
			continue;
		s->list[twin].reachable = true;
		queue[(*n)++] = twin;
	}
}

int jet_stages_mark(struct jet_stages *s, struct jet_error *err)
{
	size_t *queue = calloc(s->n, sizeof(*queue)), n = 1;

	if (!queue)
		return jet_fail_nomem(err);
	for (size_t i = 0; i < s->n; i++)
		s->list[i].reachable = s->options->all_stages || i == s->target;
	queue[0] = s->target;
	for (size_t i = 0; i < n; i++) {
		const struct jet_stage *stage = &s->list[queue[i]];

		for (size_t d = 0; d < stage->ndeps; d++) {
			struct jet_stage *on = &s->list[stage->deps[d].stage];

			if (on->reachable)
				continue;
			on->reachable = true;
			queue[n++] = on->index;
			if (s->dialect->builds_twins)
				mark_twins(s, on, queue, &n);
		}
	}
	free(queue);
	for (size_t i = 0; i < s->target && s->dialect->builds_before; i++)
		s->list[i].reachable = true;
	return 0;
}
