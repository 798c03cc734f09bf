/* SPDX-License-Identifier: Apache-2.0 */
#include "match/lists.h"

#include <criterion/criterion.h>
#include <string.h>

/* List i: the numbers of the bits of i. */
static size_t bits_of(uint32_t i, uint32_t rules[32])
{
	size_t n = 0;

	for (uint32_t bit = 0; bit < 32; bit++) {
		if (i >> bit & 1)
			rules[n++] = bit;
	}
	return n;
}

Test(lists, equal_lists_have_one_number_and_others_another)
{
	enum { N = 5000 };
	static uint32_t numbers[N];
	struct jet_lists t = { 0 };
	uint32_t rules[32];

	cr_assert_eq(jet_lists_reset(&t), 0);
	for (uint32_t i = 0; i < N; i++)
		cr_assert_eq(jet_lists_add(&t, rules, bits_of(i, rules), &numbers[i]), 0);
	cr_expect_eq(numbers[0], JET_LIST_EMPTY);
	cr_expect_eq(t.n, N);
	for (uint32_t i = 0; i < N; i++) {
		const size_t want = bits_of(i, rules);
		uint32_t again;
		size_t n;
		const uint32_t *got = jet_lists_get(&t, numbers[i], &n);

		cr_assert(n == want && (!n || memcmp(got, rules, n * sizeof(*rules)) == 0), "list %u", i);
		cr_assert(jet_lists_add(&t, rules, want, &again) == 0 && again == numbers[i], "list %u", i);
	}
	cr_expect_eq(t.n, N);
	jet_lists_clear(&t);
}

Test(lists, reset_forgets_all_but_the_empty_one)
{
	struct jet_lists t = { 0 };
	uint32_t number = 99;
	size_t big;

	cr_assert_eq(jet_lists_reset(&t), 0);
	for (uint32_t i = 0; i < 1000; i++)
		cr_assert_eq(jet_lists_add(&t, &i, 1, &number), 0);
	big = jet_lists_bytes(&t);
	cr_assert_eq(jet_lists_reset(&t), 0);
	cr_expect(jet_lists_bytes(&t) < big);
	cr_expect_eq(t.n, 1);
	cr_assert_eq(jet_lists_add(&t, NULL, 0, &number), 0);
	cr_expect_eq(number, JET_LIST_EMPTY);
	jet_lists_clear(&t);
	cr_expect_eq(jet_lists_bytes(&t), 0);
}
