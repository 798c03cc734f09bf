/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/nearest.h"
#include "dockerfile/check.h"
#include "dockerfile/expand.h"
#include "dockerfile/mount.h"
#include "dockerfile/platform.h"

#include <stdlib.h>
#include <string.h>

static int show(struct jet_str s)
{
	return s.len < 80 ? (int)s.len : 80;
}

static bool same(struct jet_str a, struct jet_str b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

const struct jet_instruction *jet_stage_in(const struct jet_stage *stage, size_t i)
{
	if (i < stage->ntriggers)
		return stage->triggers[i];
	i -= stage->ntriggers;
	return i < stage->n ? &stage->list[i] : NULL;
}

struct jet_spot jet_stage_spot(const struct jet_stage *stage, size_t i)
{
	return i < stage->ntriggers ? stage->from->at : jet_stage_in(stage, i)->at;
}

static bool is_buildah(const struct jet_stages *s)
{
	return s->options->builder == JET_BUILDER_BUILDAH;
}

static bool is_classic(const struct jet_stages *s)
{
	return s->options->builder == JET_BUILDER_CLASSIC ||
	       s->options->builder == JET_BUILDER_CLASSIC_20_10;
}

/* ---- FROM lines --------------------------------------------------------- */

static int expand(struct jet_stages *s, const struct jet_word *word, const struct jet_env *env,
                  struct jet_str *out, struct jet_error *err)
{
	struct jet_expander x = {
		.env = env,
		.arena = &s->arena,
		.escape = s->df->escape,
		.work = &s->work,
		.few_forms = s->options->builder == JET_BUILDER_CLASSIC_20_10 || is_buildah(s),
		.bare_question = s->options->builder == JET_BUILDER_CLASSIC_20_10,
	};
	enum jet_expanded rc = jet_expand(&x, word->text, out);

	if (rc == JET_EXPAND_NOMEM)
		return jet_fail_nomem(err);
	if (rc == JET_EXPAND_BAD)
		return jet_fail_spot(err, JET_E_EXPAND, s->df->name, word->at,
		                     "failed to process \"%.*s\": %s", show(word->text),
		                     word->text.data, x.message);
	return 0;
}

static int lower_name(struct jet_stages *s, struct jet_str word, struct jet_str *name)
{
	char *copy = jet_arena_dup(&s->arena, word.data, word.len);

	if (!copy)
		return -1;
	/* To buildah names are as they are written. */
	for (size_t i = 0; i < word.len && !is_buildah(s); i++)
		copy[i] = lower(copy[i]);
	*name = (struct jet_str){ copy, word.len };
	return 0;
}

/* The last stage of that name read so far; SIZE_MAX: none. */
static size_t find_stage(const struct jet_stages *s, struct jet_str name)
{
	const struct jet_var *found = jet_env_get(&s->names, name);

	return found ? found->value.len : SIZE_MAX;
}

static size_t find_in_any_case(struct jet_stages *s, struct jet_str word)
{
	struct jet_str name;

	return lower_name(s, word, &name) < 0 ? SIZE_MAX : find_stage(s, name);
}

/* The last one given counts; names are compared in lower case. */
static const struct jet_pair *find_context(const struct jet_stages *s, struct jet_str name)
{
	for (size_t i = s->options->ncontexts; i-- > 0;) {
		const struct jet_str own = s->options->contexts[i].name;
		size_t k = 0;

		while (own.len == name.len && k < own.len && lower(own.data[k]) == lower(name.data[k]))
			k++;
		if (own.len == name.len && k == own.len)
			return &s->options->contexts[i];
	}
	return NULL;
}

static int read_platform(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;
	const struct jet_str flag = jet_instruction_flag(in, "platform");
	const struct jet_word word = { flag, in->at };
	int rc;

	if (!flag.data || !flag.len)
		return 0;
	rc = expand(s, &word, &s->global, &stage->platform, err);
	if (rc < 0)
		return rc;
	if (!stage->platform.len)
		return jet_fail_spot(err, JET_E_EXPAND, s->df->name, in->at,
		                     "empty platform value from expression %.*s", show(flag), flag.data);
	if (!jet_platform_valid(stage->platform))
		return jet_fail_spot(err, JET_E_PLATFORM, s->df->name, in->at,
		                     "failed to parse platform %.*s", show(stage->platform),
		                     stage->platform.data);
	return 0;
}

static int add_dependency(struct jet_stage *stage, size_t on, const struct jet_instruction *in)
{
	struct jet_dependency *grown;

	grown = jet_grow(stage->deps, stage->ndeps, &stage->dep_capacity, sizeof(*grown));
	if (!grown)
		return -1;
	stage->deps = grown;
	stage->deps[stage->ndeps++] = (struct jet_dependency){ on, in };
	return 0;
}

static int read_from(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_instruction *in = stage->from;
	size_t base, same;
	int rc = expand(s, &in->words[0], &s->global, &stage->base, err);

	if (rc < 0)
		return rc;
	if (!stage->base.len)
		return jet_fail_spot(err, JET_E_EXPAND, s->df->name, in->words[0].at,
		                     "base name (%.*s) should not be blank", show(in->words[0].text),
		                     in->words[0].text.data);
	rc = read_platform(s, stage, err);
	if (rc == 0 && in->nwords == 3 && lower_name(s, in->words[2].text, &stage->name) < 0)
		rc = jet_fail_nomem(err);
	if (rc < 0)
		return rc;
	stage->kind = jet_str_is(stage->base, "scratch") ? JET_BASE_SCRATCH : JET_BASE_IMAGE;
	base = find_stage(s, stage->base);
	if (stage->name.data && is_classic(s) && find_stage(s, stage->name) != SIZE_MAX)
		return jet_fail_spot(err, JET_E_STAGE, s->df->name, in->words[2].at,
		                     "duplicate name %.*s", show(stage->name), stage->name.data);
	same = stage->name.data ? find_stage(s, stage->name) : SIZE_MAX;
	if (is_buildah(s) && same != SIZE_MAX) {
		/* The first stays, but what needs it has both built. */
		stage->next_twin = s->list[same].next_twin;
		s->list[same].next_twin = stage->index;
	} else if (stage->name.data) {
		/* A later stage of the same name hides the earlier one. */
		if (jet_env_set(&s->names, stage->name, (struct jet_str){ "", stage->index }, false) < 0)
			return jet_fail_nomem(err);
		stage->context = find_context(s, stage->name);
	}
	if (stage->context) {
		stage->kind = JET_BASE_CONTEXT;
		return 0;
	}
	if (base == SIZE_MAX)
		return 0;
	stage->kind = JET_BASE_STAGE;
	stage->base_stage = base;
	return add_dependency(stage, base, NULL) < 0 ? jet_fail_nomem(err) : 0;
}

static int read_stages(struct jet_stages *s, struct jet_error *err)
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
		/* What a named context takes the place of is never built. */
		if (s->list[i].kind == JET_BASE_CONTEXT)
			s->list[i].n = 0;
	}
	return 0;
}

/* ---- dependencies ------------------------------------------------------- */

/* strconv.Atoi. */
static bool as_number(struct jet_str s, size_t *value, bool *negative)
{
	size_t i = s.len && (s.data[0] == '-' || s.data[0] == '+');

	*negative = s.len && s.data[0] == '-';
	*value = 0;
	if (i == s.len)
		return false;
	for (; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9' || *value > SIZE_MAX / 20)
			return false;
		*value = *value * 10 + (size_t)(s.data[i] - '0');
	}
	return true;
}

enum jet_from_kind jet_stages_resolve(struct jet_stages *s, struct jet_str name, bool number,
                                      size_t *stage)
{
	bool negative;

	if (number && as_number(name, stage, &negative))
		return JET_FROM_STAGE;
	*stage = find_in_any_case(s, name);
	if (*stage != SIZE_MAX)
		return s->list[*stage].kind == JET_BASE_CONTEXT ? JET_FROM_CONTEXT : JET_FROM_STAGE;
	return find_context(s, name) ? JET_FROM_CONTEXT : JET_FROM_IMAGE;
}

static int depend_on_copy(struct jet_stages *s, struct jet_stage *stage,
                          const struct jet_instruction *in, struct jet_error *err)
{
	const struct jet_str from = jet_instruction_flag(in, "from");
	struct jet_word word = { from, in->at };
	struct jet_str expanded;
	size_t on;
	bool negative;
	int rc;

	if (!from.data || !from.len)
		return 0;
	rc = expand(s, &word, NULL, &expanded, err);
	if (rc < 0)
		return rc;
	if (!same(expanded, from)) {
		rc = jet_fail(err, JET_E_EXPAND, s->df->name,
		              "variable expansion is not supported for --from, define a new stage with "
		              "FROM using ARG from global scope as a workaround");
		return rc;
	}
	if (as_number(from, &on, &negative)) {
		if (negative || on >= s->n)
			return jet_fail(err, JET_E_STAGE, s->df->name, "invalid stage index %.*s",
			                show(from), from.data);
	} else {
		on = find_in_any_case(s, from);
	}
	if (on == SIZE_MAX)
		return 0;
	return add_dependency(stage, on, in) < 0 ? jet_fail_nomem(err) : 0;
}

static int depend_on_mounts(struct jet_stages *s, struct jet_stage *stage,
                            const struct jet_instruction *in, struct jet_error *err)
{
	for (size_t i = 0; i < in->nflags; i++) {
		static const char mount[] = "--mount=";
		const struct jet_str flag = in->flags[i].text;
		struct jet_str from;
		size_t on;

		if (flag.len < sizeof(mount) - 1 || memcmp(flag.data, mount, sizeof(mount) - 1) != 0)
			continue;
		if (jet_mount_from(&s->arena, flag, &from) < 0)
			return jet_fail_nomem(err);
		on = from.data && from.len ? find_in_any_case(s, from) : SIZE_MAX;
		if (on != SIZE_MAX && add_dependency(stage, on, in) < 0)
			return jet_fail_nomem(err);
	}
	return 0;
}

static int depend_on(struct jet_stages *s, struct jet_stage *stage, const struct jet_instruction *in,
                     struct jet_error *err)
{
	if (in->keyword == JET_KEYWORD_COPY)
		return depend_on_copy(s, stage, in, err);
	if (in->keyword == JET_KEYWORD_RUN)
		return depend_on_mounts(s, stage, in, err);
	return 0;
}

/* ---- cycles ------------------------------------------------------------- */

enum { NEW, OPEN, DONE };

/* Depth first without recursion: a hostile file may chain 100,000 stages. */
static int find_cycle(const struct jet_stages *s, size_t start, unsigned char *state, size_t *stack,
                      size_t *next, const struct jet_instruction **first)
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
		if (depth == 1)
			*first = stage->deps[i].in;
		if (state[on] == OPEN)
			return 1;
		if (state[on] == NEW) {
			state[on] = OPEN;
			next[on] = 0;
			stack[depth++] = on;
		}
	}
	return 0;
}

static int check_cycles(struct jet_stages *s, struct jet_error *err)
{
	unsigned char *state = calloc(s->n + 1, 1);
	size_t *stack = calloc(s->n + 1, 2 * sizeof(*stack));
	int rc = state && stack ? 0 : jet_fail_nomem(err);

	for (size_t i = 0; rc == 0 && i < s->n; i++) {
		const struct jet_stage *stage = &s->list[i];
		const struct jet_instruction *first = NULL;

		if (state[i] != NEW || !find_cycle(s, i, state, stack, stack + s->n, &first))
			continue;
		rc = jet_fail_spot(err, JET_E_STAGE, s->df->name, first ? first->at : stage->from->at,
		                   "circular dependency detected on stage: %.*s",
		                   stage->name.data ? show(stage->name) : 1,
		                   stage->name.data ? stage->name.data : "?");
	}
	free(state);
	free(stack);
	return rc;
}

/* ---- the target --------------------------------------------------------- */

static int find_target(struct jet_stages *s, struct jet_error *err)
{
	const char *wanted = s->options->target;
	struct jet_str name;

	s->target = s->n - 1;
	if (!wanted || !wanted[0])
		return 0;
	name = (struct jet_str){ wanted, strlen(wanted) };
	s->target = find_in_any_case(s, name);
	if (s->target == SIZE_MAX) {
		const char **names = jet_arena_array(&s->arena, s->n, sizeof(*names));
		const char *nearest;

		for (size_t i = 0; names && i < s->n; i++)
			names[i] = s->list[i].name.data;
		nearest = names ? jet_nearest(wanted, names, s->n) : NULL;
		return jet_fail(err, JET_E_STAGE, s->df->name,
		                "target stage \"%.80s\" could not be found%s%s%s", wanted,
		                nearest ? " (did you mean " : "", nearest ? nearest : "",
		                nearest ? "?)" : "");
	}
	return 0;
}

static int mark_reachable(struct jet_stages *s, struct jet_error *err)
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
			for (size_t twin = on->next_twin; twin; twin = s->list[twin].next_twin) {
				if (twin < s->target && !s->list[twin].reachable)
					queue[n++] = twin;
				s->list[twin].reachable |= twin < s->target;
			}
		}
	}
	free(queue);
	/* The classic builder builds whatever stands before the target, too. */
	if (is_classic(s)) {
		for (size_t i = 0; i < s->target; i++)
			s->list[i].reachable = true;
	}
	return 0;
}

/* ---- ONBUILD ------------------------------------------------------------ */

/* The instruction as it will be parsed: the text behind ONBUILD and its
 * here-documents. */
static int put_trigger(struct jet_buf *text, const struct jet_instruction *in)
{
	const char *start = in->nested->line.data;
	int bad = jet_buf_append(text, start, (size_t)(in->line.data + in->line.len - start));

	for (size_t i = 0; i < in->nheredocs; i++) {
		bad |= jet_buf_byte(text, '\n');
		bad |= jet_buf_append(text, in->heredocs[i].body.data, in->heredocs[i].body.len);
		bad |= jet_buf_append(text, in->heredocs[i].name.data, in->heredocs[i].name.len);
	}
	return bad;
}

static int parse_trigger(struct jet_stages *s, struct jet_stage *stage,
                         const struct jet_instruction *in, struct jet_error *err)
{
	struct jet_dockerfile **grown, *df = NULL;
	struct jet_buf text = { 0 };
	int rc = put_trigger(&text, in) ? jet_fail_nomem(err) : 0;

	if (rc == 0)
		rc = jet_dockerfile_read(text.data, text.len, s->df->name, &df, err);
	jet_buf_clear(&text);
	if (rc == 0 && df->n != 1)
		rc = jet_fail(err, JET_E_PARSE, s->df->name, "onbuild trigger should be a single expression");
	if (rc == 0)
		rc = jet_instruction_check(df, &df->list[0], err);
	if (rc == JET_E_PARSE && err) {
		/* It is told where it is run. */
		err->line = stage->from->at.line;
		err->column = stage->from->at.column;
	}
	grown = rc ? NULL : jet_grow(s->parsed, s->nparsed, &s->parsed_capacity, sizeof(*grown));
	if (!grown) {
		jet_dockerfile_free(df);
		return rc ? rc : jet_fail_nomem(err);
	}
	s->parsed = grown;
	s->parsed[s->nparsed++] = df;
	stage->triggers[stage->ntriggers++] = &df->list[0];
	return depend_on(s, stage, &df->list[0], err);
}

static int find_triggers(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const struct jet_stage *base = &s->list[stage->base_stage];
	int rc = 0;

	stage->has_triggers = true;
	if (stage->kind != JET_BASE_STAGE || is_buildah(s))
		return 0;
	stage->triggers = jet_arena_array(&s->arena, base->n, sizeof(*stage->triggers));
	if (!stage->triggers)
		return jet_fail_nomem(err);
	for (size_t i = 0; rc == 0 && i < base->n; i++) {
		if (base->list[i].keyword == JET_KEYWORD_ONBUILD)
			rc = parse_trigger(s, stage, &base->list[i], err);
	}
	return rc;
}

/* Triggers may depend on stages that nothing needed before. */
static int reach(struct jet_stages *s, struct jet_error *err)
{
	bool again = true;
	int rc = 0;

	while (rc == 0 && again) {
		again = false;
		rc = mark_reachable(s, err);
		for (size_t i = 0; rc == 0 && i < s->n; i++) {
			struct jet_stage *stage = &s->list[i];

			if (!stage->reachable || stage->has_triggers)
				continue;
			rc = find_triggers(s, stage, err);
			again = again || stage->ntriggers;
		}
	}
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

static int set_global_args(struct jet_stages *s, struct jet_error *err)
{
	for (size_t i = 0; i < s->df->n && s->df->list[i].keyword == JET_KEYWORD_ARG; i++) {
		for (size_t k = 0; k < s->df->list[i].nwords; k++) {
			int rc = jet_arg_set(s, &s->global, &s->df->list[i].words[k], NULL, err);

			if (rc < 0)
				return rc;
		}
	}
	return 0;
}

int jet_arg_set(struct jet_stages *s, struct jet_env *env, const struct jet_word *word,
                const struct jet_env *global, struct jet_error *err)
{
	const char *equals = memchr(word->text.data, '=', word->text.len);
	const size_t n = equals ? (size_t)(equals - word->text.data) : word->text.len;
	const struct jet_str name = { word->text.data, n };
	const struct jet_var *inherited = global ? jet_env_get(global, name) : NULL;
	struct jet_str value = { NULL, 0 };
	struct jet_word text = *word;
	int rc = 0;

	for (size_t i = s->options->nargs; i-- > 0 && !value.data;) {
		if (same(s->options->args[i].name, name))
			value = s->options->args[i].value;
	}
	if (!value.data && equals) {
		text.text = (struct jet_str){ equals + 1, word->text.len - n - 1 };
		rc = expand(s, &text, env, &value, err);
	} else if (!value.data && inherited) {
		value = inherited->value;
	}
	if (rc == 0 && value.data && jet_env_set(env, name, value, true) < 0)
		rc = jet_fail_nomem(err);
	return rc;
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
	s->options = options;
	s->global.arena = s->names.arena = &s->arena;
	rc = jet_platform_vars(s, err);
	if (rc == 0)
		rc = set_global_args(s, err);
	if (rc == 0)
		rc = read_stages(s, err);
	if (rc == 0)
		rc = find_target(s, err);
	for (size_t i = 0; rc == 0 && i < s->n; i++) {
		for (size_t k = 0; rc == 0 && k < s->list[i].n; k++)
			rc = depend_on(s, &s->list[i], &s->list[i].list[k], err);
	}
	if (rc == 0)
		rc = check_cycles(s, err);
	if (rc == 0)
		rc = reach(s, err);
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
	for (size_t i = 0; i < s->nparsed; i++)
		jet_dockerfile_free(s->parsed[i]);
	free(s->parsed);
	for (size_t i = 0; i < s->n; i++)
		free(s->list ? s->list[i].deps : NULL);
	jet_arena_clear(&s->arena);
	free(s);
}
