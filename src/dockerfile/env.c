/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/env.h"

#include <string.h>

/* A stage upon a stage upon a stage: each look-up goes through all of them.  The
 * more there is to copy, the longer the chain may be. */
enum { MAX_DEPTH = 64, COPIED_PER_SCOPE = 64 };

static size_t hash(struct jet_str s)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.data[i]) * UINT64_C(0x100000001B3);
	return (size_t)(h ^ h >> 29);
}

static struct jet_var *slot_of(struct jet_var *slots, size_t capacity, struct jet_str name, size_t at)
{
	for (;; at++) {
		struct jet_var *slot = &slots[at & (capacity - 1)];

		if (!slot->name.data || (slot->name.len == name.len &&
		                         memcmp(slot->name.data, name.data, name.len) == 0))
			return slot;
	}
}

const struct jet_var *jet_env_get(const struct jet_env *env, struct jet_str name)
{
	const size_t at = hash(name);
	bool inherited = false;

	for (; env; env = env->outer) {
		const struct jet_var *slot = env->n ? slot_of(env->slots, env->capacity, name, at) : NULL;

		if (slot && slot->name.data && !(inherited && env->hides_args && slot->arg))
			return slot;
		inherited = true;
	}
	return NULL;
}

int jet_env_set(struct jet_env *env, struct jet_str name, struct jet_str value, bool arg)
{
	return jet_env_put(env, (struct jet_var){ .name = name, .value = value, .arg = arg });
}

int jet_env_put(struct jet_env *env, struct jet_var var)
{
	struct jet_var *slot;

	if (env->n * 2 >= env->capacity) {
		const size_t capacity = env->capacity ? env->capacity * 2 : 16;
		struct jet_var *slots = jet_arena_array(env->arena, capacity, sizeof(*slots));

		if (!slots)
			return -1;
		for (size_t i = 0; i < env->capacity; i++) {
			if (env->slots[i].name.data)
				*slot_of(slots, capacity, env->slots[i].name,
				         hash(env->slots[i].name)) = env->slots[i];
		}
		env->slots = slots;
		env->capacity = capacity;
	}
	if (var.arg && env->hides_args) {
		const struct jet_var *old = jet_env_get(env, var.name);

		if (old && !old->arg)
			return 0;
	}
	slot = slot_of(env->slots, env->capacity, var.name, hash(var.name));
	env->n += !slot->name.data;
	*slot = var;
	return 0;
}

/* The innermost setting of a name counts. */
static int copy(struct jet_env *env, const struct jet_env *from)
{
	for (; from; from = from->outer) {
		for (size_t i = 0; i < from->capacity; i++) {
			const struct jet_var *var = &from->slots[i];

			if (var->name.data && !(env->hides_args && var->arg) &&
			    !jet_env_get(env, var->name) &&
			    jet_env_put(env, *var) < 0)
				return -1;
		}
	}
	return 0;
}

int jet_env_nest(struct jet_env *env, const struct jet_env *outer)
{
	while (!outer->n && outer->outer)
		outer = outer->outer;
	if (outer->depth >= MAX_DEPTH + (outer->inherited + outer->n) / COPIED_PER_SCOPE)
		return copy(env, outer);
	env->outer = outer;
	env->depth = outer->depth + 1;
	env->inherited = outer->inherited + outer->n;
	return 0;
}
