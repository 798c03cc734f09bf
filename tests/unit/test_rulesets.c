/* SPDX-License-Identifier: Apache-2.0 */
#include "context/rulesets.h"

#include <criterion/criterion.h>

#define S(text) { text, sizeof(text) - 1 }

Test(rulesets, equal_lists_are_compiled_once)
{
	static const struct jet_str ab[] = { S("a"), S("b") }, ba[] = { S("b"), S("a") }, one[] = { S("ab") },
	                            again[] = { S("a"), S("b") };
	struct jet_rulesets sets = { 0 };
	struct jet_ruleset *rs[5];

	cr_assert_eq(jet_rulesets_get(&sets, ab, 2, &rs[0], NULL), 0);
	cr_assert_eq(jet_rulesets_get(&sets, ba, 2, &rs[1], NULL), 0);
	cr_assert_eq(jet_rulesets_get(&sets, one, 1, &rs[2], NULL), 0);
	cr_assert_eq(jet_rulesets_get(&sets, ab, 1, &rs[3], NULL), 0);
	cr_assert_eq(jet_rulesets_get(&sets, again, 2, &rs[4], NULL), 0);
	cr_expect_eq(rs[0], rs[4]);
	for (int i = 0; i < 4; i++) {
		for (int k = 0; k < i; k++)
			cr_expect_neq(rs[i], rs[k], "%d and %d", i, k);
	}
	cr_expect_eq(jet_ruleset_count(rs[0]), 2);
	jet_rulesets_clear(&sets);
}

Test(rulesets, a_bad_pattern_is_an_error)
{
	static const struct jet_str bad[] = { S("[a") };
	struct jet_rulesets sets = { 0 };
	struct jet_ruleset *rs;
	struct jet_error err;

	cr_expect_eq(jet_rulesets_get(&sets, bad, 1, &rs, &err), JET_E_SYNTAX);
	cr_expect_str_eq(err.message, "syntax error in pattern: [a");
	jet_rulesets_clear(&sets);
}
