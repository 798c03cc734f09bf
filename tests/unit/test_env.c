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
	cr_expect_eq(env.n, 3000);
}

Test(env, an_inner_scope_shadows_the_outer_one)
{
	struct jet_env outer = { .arena = &arena }, inner = { .arena = &arena };

	set(&outer, "a", "1", false);
	set(&outer, "b", "1", true);
	cr_assert_eq(jet_env_nest(&inner, &outer), 0);
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
	cr_assert_eq(jet_env_nest(&inner, &outer), 0);
	expect(&inner, "a", "env");
	expect(&inner, "b", NULL);
	set(&inner, "a", "arg", true);
	expect(&inner, "a", "env");
	set(&inner, "b", "env", false);
	expect(&inner, "b", "env");
}

/* Long chains are cut by copying: nothing may get lost or come back. */
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
				cr_assert_eq(jet_env_nest(&chain[i], &chain[i - 1]), 0);
			cr_assert(chain[i].depth < 100, "scope %zu lies in %zu", i, chain[i].depth);
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
