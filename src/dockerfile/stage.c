/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage_private.h"

#include "base/error.h"
#include "dockerfile/platform.h"

#include <stdlib.h>
#include <string.h>

const struct jet_instruction *jet_stage_in(const struct jet_stage *stage, size_t i)
{
	if (i < stage->ntriggers)
		return &stage->triggers[i];
	i -= stage->ntriggers;
	return i < stage->n ? &stage->list[i] : NULL;
}

struct jet_spot jet_stage_spot(const struct jet_stage *stage, size_t i)
{
	return i < stage->ntriggers ? stage->from->at : jet_stage_in(stage, i)->at;
}

int jet_stages_fault(struct jet_stages *s, struct jet_stage *stage, int rc, struct jet_error *err)
{
	struct jet_error *copy;

	if (rc == JET_E_NOMEM || !s->dialect->lazy)
		return rc;
	copy = stage->fault ? NULL : jet_arena_alloc(&s->arena, sizeof(*copy));
	if (!stage->fault && !copy)
		return jet_fail_nomem(err);
	if (copy && err)
		*copy = *err;
	if (copy) {
		copy->code = rc;
		stage->fault = copy;
	}
	if (err)
		*err = (struct jet_error){ 0 };
	return 0;
}

/* ---- variables ---------------------------------------------------------- */

struct jet_expander jet_stages_expander(struct jet_stages *s)
{
	return (struct jet_expander){
		.arena = &s->arena,
		.escape = s->df->escape,
		.work = &s->work,
		.few_forms = s->dialect->few_forms,
		.bare_question = s->dialect->bare_question,
	};
}

int jet_stages_expand(struct jet_stages *s, struct jet_word word, struct jet_spot told,
                      const struct jet_env *env, struct jet_str *out, struct jet_error *err)
{
	struct jet_expander x = jet_stages_expander(s);
	enum jet_expanded rc;

	x.env = env;
	rc = jet_expand(&x, word.text, out);
	if (rc == JET_EXPAND_NOMEM)
		return jet_fail_nomem(err);
	if (rc == JET_EXPAND_BAD)
		return jet_fail_word(err, JET_E_EXPAND, s->df->name, told, word.at,
		                     "failed to process \"%s\": %s", JET_SHOW(word.text),
		                     x.message);
	return 0;
}

struct jet_arg jet_stages_arg(const struct jet_stages *s, const struct jet_word *word,
                              const struct jet_env *global)
{
	const char *equals = word->text.len ? memchr(word->text.data, '=', word->text.len) : NULL;
	const size_t n = equals ? (size_t)(equals - word->text.data) : word->text.len;
	struct jet_arg arg = { .name = { word->text.data, n }, .text = *word };
	const struct jet_var *inherited = global ? jet_env_get(global, arg.name) : NULL;

	arg.text.text = (struct jet_str){ NULL, 0 };
	for (size_t i = s->options->nargs; i-- > 0 && !arg.value.data;) {
		if (jet_str_cmp(s->options->args[i].name, arg.name) == 0)
			arg.value = s->options->args[i].value;
	}
	if (!arg.value.data && equals) {
		arg.text.text = (struct jet_str){ equals + 1, word->text.len - n - 1 };
		if (word->at.line == word->end.line)
			arg.text.at.column += (uint32_t)n + 1;
	} else if (!arg.value.data && inherited) {
		arg.value = inherited->value;
	}
	return arg;
}

static int set_global_arg(struct jet_stages *s, const struct jet_instruction *in,
                          const struct jet_word *word, struct jet_error *err)
{
	struct jet_arg arg = jet_stages_arg(s, word, NULL);
	int rc = 0;

	if (arg.value.data && jet_env_set(&s->given, arg.name, arg.value, true) < 0)
		return jet_fail_nomem(err);
	if (arg.text.text.data)
		rc = jet_stages_expand(s, arg.text, in->at, &s->global, &arg.value, err);
	if (rc == 0 && arg.value.data && jet_env_set(&s->global, arg.name, arg.value, true) < 0)
		rc = jet_fail_nomem(err);
	return rc;
}

static int set_global_args(struct jet_stages *s, struct jet_error *err)
{
	for (size_t i = 0; i < s->df->n && s->df->list[i].keyword != JET_KEYWORD_FROM; i++) {
		const struct jet_instruction *in = &s->df->list[i];

		for (size_t k = 0; k < in->nwords && in->keyword == JET_KEYWORD_ARG; k++) {
			int rc = set_global_arg(s, in, &in->words[k], err);

			if (rc < 0)
				return rc;
		}
	}
	return 0;
}

/* ---- the whole ---------------------------------------------------------- */

static int find_dependencies(struct jet_stages *s, struct jet_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < s->n; i++) {
		struct jet_stage *stage = &s->list[i];

		for (size_t k = 0; rc == 0 && k < stage->n; k++)
			rc = jet_stages_depend(s, stage, &stage->list[k], false, err);
	}
	if (rc == 0)
		rc = jet_stages_check_cycles(s, err);
	for (size_t i = 0; rc == 0 && i < s->n; i++)
		rc = jet_stages_check_images(s, &s->list[i], err);
	return rc;
}

/* What a lazy builder stumbles over on its way. */
static int check_faults(const struct jet_stages *s, struct jet_error *err)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct jet_stage *stage = &s->list[i];

		if (!stage->reachable || !stage->fault)
			continue;
		if (err)
			*err = *stage->fault;
		return stage->fault->code;
	}
	return 0;
}

int jet_stages_build(const struct jet_dockerfile *df, const struct jet_build_options *options,
                     struct jet_stages **out, struct jet_error *err)
{
	struct jet_stages *s = calloc(1, sizeof(*s));
	int rc;

	*out = NULL;
	if (!s)
		return jet_fail_nomem(err);
	s->df = df;
	s->dialect = df->dialect;
	s->options = options;
	s->global.arena = s->given.arena = s->names.arena = &s->arena;
	rc = jet_platform_vars(s, err);
	if (rc == 0)
		rc = set_global_args(s, err);
	if (rc == 0)
		rc = jet_stages_read(s, err);
	if (rc == 0)
		rc = jet_stages_find_target(s, err);
	if (rc == 0)
		rc = find_dependencies(s, err);
	if (rc == 0)
		rc = jet_stages_reach(s, err);
	if (rc == 0)
		rc = check_faults(s, err);
	if (rc < 0)
		jet_stages_free(s);
	else
		*out = s;
	return rc;
}

void jet_stages_free(struct jet_stages *s)
{
	if (!s)
		return;
	for (size_t i = 0; s->list && i < s->n; i++) {
		jet_dockerfile_free(s->list[i].onbuild);
		free(s->list[i].deps);
		free(s->list[i].outside);
	}
	jet_arena_clear(&s->arena);
	free(s);
}
