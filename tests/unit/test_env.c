/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/env.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct jet_arena arena;

static void leave(void)
{
	jet_arena_clear(&arena);
}

TestSuite(env, .fini = leave);

static struct jet_str str(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

static void set(struct jet_env *env, const char *name, const char *value, bool arg)
{
	cr_assert_eq(jet_env_set(env, str(name), str(value), arg), 0);
}

static void expect(const struct jet_env *env, const char *name, const char *want)
{
	const struct jet_var *var = jet_env_get(env, str(name));

	if (!want)
		cr_expect(!var, "%s is set", name);
	else
		cr_expect(var && jet_str_is(var->value, want), "%s is %.*s, not %s", name,
		          var ? (int)var->value.len : 5, var ? var->value.data : "unset", want);
}

Test(env, the_latest_setting_counts)
{
	struct jet_env env = { .arena = &arena };

	expect(&env, "a", NULL);
	set(&env, "a", "1", false);
	set(&env, "b", "", true);
	set(&env, "", "none", false);
	set(&env, "a", "2", true);
	expect(&env, "a", "2");
	expect(&env, "b", "");
	expect(&env, "", "none");
	expect(&env, "ab", NULL);
	expect(&env, "A", NULL);
}

Test(env, many_names_stay_apart)
{
	static char names[3000][8];
	struct jet_env env = { .arena = &arena };

	for (size_t i = 0; i < 3000; i++) {
		snprintf(names[i], sizeof(names[i]), "n%zu", i);
		set(&env, names[i], names[i], false);
	}
	for (size_t i = 0; i < 3000; i++)
		expect(&env, names[i], names[i]);
	expect(&env, "n3000", NULL);
}

Test(env, an_inner_scope_shadows_the_outer_one)
{
	struct jet_env outer = { .arena = &arena }, inner = { .arena = &arena };

	set(&outer, "a", "1", false);
	set(&outer, "b", "1", true);
	jet_env_nest(&inner, &outer);
	set(&inner, "a", "2", false);
	expect(&inner, "a", "2");
	expect(&inner, "b", "1");
	expect(&outer, "a", "1");
}

/* docs/SEMANTICS.md: classic and buildah. */
Test(env, classic_inherits_no_arg_and_prefers_env)
{
	struct jet_env outer = { .arena = &arena, .hides_args = true };
	struct jet_env inner = { .arena = &arena, .hides_args = true };

	set(&outer, "a", "env", false);
	set(&outer, "a", "arg", true);
	set(&outer, "b", "arg", true);
	expect(&outer, "a", "env");
	expect(&outer, "b", "arg");
	jet_env_nest(&inner, &outer);
	expect(&inner, "a", "env");
	expect(&inner, "b", NULL);
	set(&inner, "a", "arg", true);
	expect(&inner, "a", "env");
	set(&inner, "b", "env", false);
	expect(&inner, "b", "env");
}

/* Scopes share what they have in common: nothing may get lost or come back. */
Test(env, a_long_chain_of_scopes_is_still_right)
{
	enum { N = 1000 };
	static struct jet_env chain[N];
	static char values[N][8];

	for (int hides = 0; hides < 2; hides++) {
		memset(chain, 0, sizeof(chain));
		for (size_t i = 0; i < N; i++) {
			chain[i].arena = &arena;
			chain[i].hides_args = hides;
			snprintf(values[i], sizeof(values[i]), "%zu", i);
			if (i)
				jet_env_nest(&chain[i], &chain[i - 1]);
			if (i % 3 == 0)
				set(&chain[i], "x", values[i], false);
			if (i % 5 == 0)
				set(&chain[i], "arg", values[i], true);
			if (i == 7)
				set(&chain[i], "once", "7", false);
			expect(&chain[i], "x", values[i / 3 * 3]);
			expect(&chain[i], "arg", !hides || i % 5 == 0 ? values[i / 5 * 5] : NULL);
			expect(&chain[i], "once", i < 7 ? NULL : "7");
		}
	}
}

/* Names of all lengths that begin alike, and bytes of all kinds; in three scopes upon one
 * another, against a list. */
Test(env, is_the_same_as_a_list)
{
	enum { NNAMES = 400, NROUNDS = 6000 };
	static char bytes[NNAMES][12];
	static struct jet_str names[NNAMES];
	static size_t want[3][NNAMES]; /* 0: not set */
	struct jet_env env[3] = { { .arena = &arena }, { .arena = &arena }, { .arena = &arena } };
	uint64_t seed = 1;

	for (size_t i = 0; i < NNAMES; i++) {
		memset(bytes[i], 'a', sizeof(bytes[i]));
		memcpy(bytes[i] + i % 9, &(uint16_t){ (uint16_t)(i * 40503) }, 2);
		names[i] = (struct jet_str){ bytes[i], i % 12 };
	}
	for (size_t i = 0; i < NROUNDS; i++) {
		const size_t scope = i / (NROUNDS / 3);
		size_t k;

		if (scope && i % (NROUNDS / 3) == 0) {
			jet_env_nest(&env[scope], &env[scope - 1]);
			memcpy(want[scope], want[scope - 1], sizeof(want[scope]));
		}
		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		k = (size_t)(seed >> 33) % (NNAMES / 2);
		cr_assert_eq(jet_env_set(&env[scope], names[k], (struct jet_str){ "", i + 1 }, false), 0);
		for (size_t same = 0; same < NNAMES; same++) {
			if (jet_str_cmp(names[same], names[k]) == 0)
				want[scope][same] = i + 1;
		}
	}
	for (size_t scope = 0; scope < 3; scope++) {
		for (size_t k = 0; k < NNAMES; k++) {
			const struct jet_var *var = jet_env_get(&env[scope], names[k]);

			cr_assert_eq(var ? var->value.len : 0, want[scope][k], "name %zu in scope %zu", k,
			             scope);
		}
	}
}
