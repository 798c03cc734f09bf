/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/stage_private.h"

#include "base/error.h"
#include "dockerfile/reference.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int jet_stages_lower(struct jet_stages *s, struct jet_str word, struct jet_str *name)
{
	char *copy = jet_arena_dup(&s->arena, word.data, word.len);

	if (!copy)
		return -1;
	for (size_t i = 0; i < word.len && s->dialect->any_case; i++)
		copy[i] = lower(copy[i]);
	*name = (struct jet_str){ copy, word.len };
	return 0;
}

/* ---- stages ------------------------------------------------------------- */

size_t jet_stages_find(const struct jet_stages *s, struct jet_str name)
{
	const struct jet_var *found = jet_env_get(&s->names, name);

	return found ? found->value.len : SIZE_MAX;
}

static size_t find_word(struct jet_stages *s, struct jet_str word)
{
	struct jet_str name;

	return jet_stages_lower(s, word, &name) < 0 ? SIZE_MAX : jet_stages_find(s, name);
}

int jet_stages_add_name(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err)
{
	const size_t known = jet_stages_find(s, stage->name);

	if (known != SIZE_MAX && s->dialect->first_name) {
		stage->next_twin = s->list[known].next_twin;
		s->list[known].next_twin = stage->index;
		return 0;
	}
	stage->context = jet_stages_context(s, stage->name);
	return jet_env_set(&s->names, stage->name, (struct jet_str){ "", stage->index }, false) < 0
	               ? jet_fail_nomem(err)
	               : 0;
}

/* ---- contexts ----------------------------------------------------------- */

static bool same_in_any_case(struct jet_str a, struct jet_str b)
{
	size_t i = 0;

	while (a.len == b.len && i < a.len && lower(a.data[i]) == lower(b.data[i]))
		i++;
	return a.len == b.len && i == a.len;
}

/* The last one given counts.  Two names mean something else. */
const struct jet_pair *jet_stages_context(const struct jet_stages *s, struct jet_str name)
{
	if (same_in_any_case(name, (struct jet_str){ "scratch", 7 }) ||
	    same_in_any_case(name, (struct jet_str){ "context", 7 }))
		return NULL;
	for (size_t i = s->options->ncontexts; i-- > 0;) {
		const struct jet_str own = s->options->contexts[i].name;

		if (same_in_any_case(own, name) || jet_reference_same(own, name))
			return &s->options->contexts[i];
	}
	return NULL;
}

/* ---- from --------------------------------------------------------------- */

/* strconv.Atoi.  A negative one is SIZE_MAX. */
static bool as_number(struct jet_str s, size_t *value)
{
	size_t i = s.len && (s.data[0] == '-' || s.data[0] == '+');
	const bool negative = s.len && s.data[0] == '-';

	*value = 0;
	if (i == s.len)
		return false;
	for (; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9' || *value > SIZE_MAX / 20)
			return false;
		*value = *value * 10 + (size_t)(s.data[i] - '0');
	}
	if (negative && *value)
		*value = SIZE_MAX;
	return true;
}

struct jet_from jet_stages_resolve(struct jet_stages *s, const struct jet_stage *by,
                                   struct jet_str name, bool number)
{
	struct jet_from from = { .kind = JET_FROM_STAGE };

	if (number && as_number(name, &from.stage))
		return from;
	from.stage = find_word(s, name);
	if (from.stage != SIZE_MAX && s->dialect->looks_back && from.stage >= by->index)
		from.stage = SIZE_MAX;
	if (from.stage != SIZE_MAX && s->list[from.stage].kind != JET_BASE_CONTEXT)
		return from;
	from.context = jet_stages_context(s, name);
	if (from.context)
		from.kind = JET_FROM_CONTEXT;
	else
		from.kind = JET_FROM_IMAGE;
	return from;
}
