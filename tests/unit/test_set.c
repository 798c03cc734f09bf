/* SPDX-License-Identifier: Apache-2.0 */
#include "match/set.h"

#include <criterion/criterion.h>

static const struct jet_set *add(struct jet_set_table *t, struct jet_arena *arena, uint32_t low,
                                 uint32_t high, bool negated)
{
	struct jet_set_builder b = { .negated = negated };
	const struct jet_set *set;

	jet_set_add_range(&b, low, high);
	set = jet_set_table_add(t, arena, &b);
	jet_set_builder_clear(&b);
	cr_assert(set);
	return set;
}

Test(set, fixed_sets_come_first)
{
	struct jet_arena arena = { 0 };
	struct jet_set_table t;

	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	cr_assert_eq(t.n, JET_SET_FIXED);
	cr_expect(!jet_set_has(t.sets[JET_SET_NOT_SLASH], '/'));
	cr_expect(jet_set_has(t.sets[JET_SET_NOT_SLASH], '\n'));
	cr_expect(!jet_set_has(t.sets[JET_SET_NOT_NEWLINE], '\n'));
	cr_expect(jet_set_has(t.sets[JET_SET_NOT_NEWLINE], '/'));
	cr_expect(jet_set_has(t.sets[JET_SET_ANY], '\n') && jet_set_has(t.sets[JET_SET_ANY], '/'));
	/* "[^/]" in a rule is the set that is there already. */
	cr_expect(add(&t, &arena, '/', '/', true) == t.sets[JET_SET_NOT_SLASH]);
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}

Test(set, ends_of_ranges_are_in_and_negation_turns_it_around)
{
	static const uint32_t inside[] = { 'b', 'c', 'd' };
	static const uint32_t outside[] = { 0, 'a', 'e', 0x7F, 0x80, 0x10FFFF };
	struct jet_arena arena = { 0 };
	struct jet_set_table t;
	const struct jet_set *plain, *negated;

	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	plain = add(&t, &arena, 'b', 'd', false);
	negated = add(&t, &arena, 'b', 'd', true);
	for (size_t i = 0; i < 3; i++)
		cr_expect(jet_set_has(plain, inside[i]) && !jet_set_has(negated, inside[i]), "U+%04X",
		          inside[i]);
	for (size_t i = 0; i < 6; i++)
		cr_expect(!jet_set_has(plain, outside[i]) && jet_set_has(negated, outside[i]), "U+%04X",
		          outside[i]);
	plain = add(&t, &arena, 'z', 0x3B1, false);
	cr_expect(jet_set_has(plain, 'z') && jet_set_has(plain, 0x80) && jet_set_has(plain, 0x3B1));
	cr_expect(!jet_set_has(plain, 'y') && !jet_set_has(plain, 0x3B2));
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}

Test(set, an_invalid_byte_is_a_symbol_of_its_own_and_ufffd_to_a_set)
{
	struct jet_arena arena = { 0 };
	struct jet_set_table t;
	const struct jet_set *set;
	uint32_t symbol;

	cr_expect_eq(jet_symbol_decode("\xFEz", 2, &symbol), 1);
	cr_expect_eq(symbol, JET_SYMBOL_INVALID + 0xFE);
	cr_expect_eq(jet_symbol_decode("\xEF\xBF\xBD", 3, &symbol), 3);
	cr_expect_eq(symbol, JET_RUNE_ERROR);
	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	set = add(&t, &arena, JET_RUNE_ERROR, JET_RUNE_ERROR, false);
	cr_expect(jet_set_has(set, JET_SYMBOL_INVALID + 0xFE) && jet_set_has(set, JET_SYMBOL_INVALID + 0x80));
	cr_expect_not(jet_set_has(set, 0xFE));
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}

Test(set, classes_can_be_negated_inside_a_set)
{
	struct jet_arena arena = { 0 };
	struct jet_set_builder b = { 0 };
	struct jet_unicode_class greek;
	const struct jet_set *set;
	struct jet_set_table t;

	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	cr_assert(jet_unicode_find("Greek", 5, true, &greek));
	jet_set_add_class(&b, greek, true);
	jet_set_add_range(&b, 0x3B1, 0x3B1);
	set = jet_set_table_add(&t, &arena, &b);
	cr_assert(set);
	cr_expect(jet_set_has(set, 'a') && jet_set_has(set, 0x3B1) && !jet_set_has(set, 0x3B2));
	jet_set_builder_clear(&b);
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}

Test(set, equal_sets_are_one_also_among_many)
{
	enum { N = 500 };
	static const struct jet_set *sets[N];
	struct jet_arena arena = { 0 };
	struct jet_set_table t;

	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	for (uint32_t i = 0; i < N; i++) {
		sets[i] = add(&t, &arena, 0x100 + i, 0x200 + i, i % 2);
		cr_assert_eq(sets[i]->id, JET_SET_FIXED + i);
	}
	for (uint32_t i = 0; i < N; i++)
		cr_expect(add(&t, &arena, 0x100 + i, 0x200 + i, i % 2) == sets[i], "set %u", i);
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}

Test(set, a_failed_builder_gives_no_set)
{
	struct jet_set_builder b = { .failed = true };
	struct jet_arena arena = { 0 };
	struct jet_set_table t;

	cr_assert_eq(jet_set_table_init(&t, &arena), 0);
	cr_expect_null(jet_set_table_add(&t, &arena, &b));
	jet_set_table_clear(&t);
	jet_arena_clear(&arena);
}
