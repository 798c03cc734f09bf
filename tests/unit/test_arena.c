/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <criterion/criterion.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

static bool all_are(const unsigned char *p, size_t len, unsigned char byte)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] != byte)
			return false;
	}
	return true;
}

Test(arena, memory_is_zeroed_aligned_and_apart)
{
	enum { N = 2000 };
	static unsigned char *got[N];
	struct jet_arena arena = { 0 };

	for (size_t i = 0; i < N; i++) {
		got[i] = jet_arena_alloc(&arena, i % 97);
		cr_assert(got[i], "allocation %zu", i);
		cr_assert_eq((uintptr_t)got[i] % alignof(max_align_t), 0, "allocation %zu", i);
		cr_assert(all_are(got[i], i % 97, 0), "allocation %zu is not zeroed", i);
		memset(got[i], (int)(i % 251) + 1, i % 97);
	}
	for (size_t i = 0; i < N; i++)
		cr_assert(all_are(got[i], i % 97, (unsigned char)(i % 251 + 1)),
		          "allocation %zu was written over", i);
	jet_arena_clear(&arena);
}

Test(arena, no_bytes_are_a_valid_pointer)
{
	struct jet_arena arena = { 0 };

	cr_expect(jet_arena_alloc(&arena, 0));
	cr_expect(jet_arena_array(&arena, 0, 8));
	cr_expect(jet_arena_array(&arena, 8, 0));
	jet_arena_clear(&arena);
}

Test(arena, sizes_that_do_not_fit_are_refused_and_do_no_harm)
{
	struct jet_arena arena = { 0 };
	char *before = jet_arena_dup(&arena, "before", 6), *after;

	cr_expect_null(jet_arena_alloc(&arena, SIZE_MAX));
	cr_expect_null(jet_arena_alloc(&arena, SIZE_MAX - 15));
	cr_expect_null(jet_arena_array(&arena, SIZE_MAX / 2, 3));
	cr_expect_null(jet_arena_array(&arena, 3, SIZE_MAX / 2));
	cr_expect_null(jet_arena_array(&arena, SIZE_MAX / 16 + 2, 16)); /* would wrap to 16 */
	cr_expect_null(jet_arena_dup(&arena, "", SIZE_MAX));
	after = jet_arena_dup(&arena, "after", 5);
	cr_assert(before && after);
	cr_expect_str_eq(before, "before");
	cr_expect_str_eq(after, "after");
	jet_arena_clear(&arena);
}

Test(arena, more_than_a_block_is_one_piece)
{
	const size_t len = 3 << 20;
	struct jet_arena arena = { 0 };
	unsigned char *big = jet_arena_alloc(&arena, len);

	cr_assert(big);
	cr_expect(all_are(big, len, 0));
	memset(big, 1, len);
	cr_expect(arena.total >= len);
	cr_expect(jet_arena_alloc(&arena, 1));
	jet_arena_clear(&arena);
}

Test(arena, a_copy_ends_in_nul_and_keeps_inner_ones)
{
	struct jet_arena arena = { 0 };
	char *copy = jet_arena_dup(&arena, "a\0b", 3);

	cr_assert(copy);
	cr_expect_arr_eq(copy, "a\0b", 4);
	copy = jet_arena_dup(&arena, NULL, 0);
	cr_assert(copy);
	cr_expect_str_eq(copy, "");
	jet_arena_clear(&arena);
}

Test(arena, can_be_used_again_after_clear)
{
	struct jet_arena arena = { 0 };
	unsigned char *p = jet_arena_alloc(&arena, 64);

	cr_assert(p);
	memset(p, 0xFF, 64);
	jet_arena_clear(&arena);
	cr_expect_eq(arena.total, 0);
	cr_expect_null(arena.head);
	p = jet_arena_alloc(&arena, 64);
	cr_assert(p && all_are(p, 64, 0));
	jet_arena_clear(&arena);
}
