/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Test(buf, appends_one_behind_the_other)
{
	struct jet_buf buf = { 0 };

	cr_expect_eq(jet_buf_append(&buf, "a\0b", 3), 0);
	cr_expect_eq(jet_buf_byte(&buf, 'c'), 0);
	cr_expect_eq(jet_buf_text(&buf, "def"), 0);
	cr_expect_eq(jet_buf_printf(&buf, "%d-%s", 12, "x"), 0);
	cr_assert_eq(buf.len, 11);
	cr_expect_arr_eq(buf.data, "a\0bcdef12-x", 11);
	jet_buf_clear(&buf);
	cr_expect(!buf.data && !buf.len && !buf.capacity);
}

Test(buf, grows_without_losing_a_byte)
{
	struct jet_buf buf = { 0 };

	for (size_t i = 0; i < 100000; i++)
		cr_assert_eq(jet_buf_byte(&buf, (char)(i % 127)), 0);
	cr_assert_eq(buf.len, 100000);
	for (size_t i = 0; i < 100000; i++)
		cr_assert_eq(buf.data[i], (char)(i % 127), "byte %zu", i);
	jet_buf_clear(&buf);
}

Test(buf, printf_takes_more_than_the_first_room)
{
	struct jet_buf buf = { 0 };

	cr_assert_eq(jet_buf_text(&buf, "<"), 0);
	cr_assert_eq(jet_buf_printf(&buf, "%5000d>", 7), 0);
	cr_assert_eq(buf.len, 5002);
	cr_expect_arr_eq(buf.data + 4999, " 7>", 3);
	jet_buf_clear(&buf);
}

Test(buf, nothing_appended_changes_nothing)
{
	struct jet_buf buf = { 0 };

	cr_expect_eq(jet_buf_append(&buf, NULL, 0), 0);
	cr_expect_eq(jet_buf_text(&buf, ""), 0);
	cr_expect_eq(buf.len, 0);
	jet_buf_clear(&buf);
}

Test(buf, terminator_is_not_counted)
{
	struct jet_buf buf = { 0 };

	cr_assert_eq(jet_buf_terminate(&buf), 0);
	cr_expect_eq(buf.len, 0);
	cr_expect_str_eq(buf.data, "");
	cr_assert_eq(jet_buf_text(&buf, "ab"), 0);
	cr_assert_eq(jet_buf_terminate(&buf), 0);
	cr_expect_eq(buf.len, 2);
	cr_expect_str_eq(buf.data, "ab");
	jet_buf_clear(&buf);
}

Test(buf, terminator_fits_behind_a_full_buffer)
{
	struct jet_buf buf = { 0 };

	do {
		cr_assert_eq(jet_buf_byte(&buf, 'x'), 0);
	} while (buf.len < buf.capacity);
	cr_assert_eq(jet_buf_terminate(&buf), 0);
	cr_expect_eq(strlen(buf.data), buf.len);
	jet_buf_clear(&buf);
}

Test(buf, failed_append_leaves_it_as_it_was)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 2, SIZE_MAX / 2 + 1, SIZE_MAX / 2 };
	struct jet_buf buf = { 0 };
	struct jet_buf before;

	cr_assert_eq(jet_buf_text(&buf, "kept"), 0);
	before = buf;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		cr_expect_eq(jet_buf_reserve(&buf, sizes[i]), -1, "reserve %zu", sizes[i]);
		cr_expect_eq(jet_buf_append(&buf, "", sizes[i]), -1, "append %zu", sizes[i]);
		cr_expect(buf.data == before.data && buf.len == before.len &&
		                  buf.capacity == before.capacity,
		          "changed by %zu", sizes[i]);
	}
	cr_expect_arr_eq(buf.data, "kept", 4);
	jet_buf_clear(&buf);
}

Test(buf, reserve_gives_room_and_keeps_the_length)
{
	struct jet_buf buf = { 0 };

	cr_assert_eq(jet_buf_text(&buf, "ab"), 0);
	cr_assert_eq(jet_buf_reserve(&buf, 1000), 0);
	cr_expect(buf.capacity >= 1002);
	cr_expect_eq(buf.len, 2);
	cr_expect_arr_eq(buf.data, "ab", 2);
	jet_buf_clear(&buf);
}

Test(buf, array_grows_one_by_one)
{
	uint32_t *array = NULL;
	size_t capacity = 0;

	for (uint32_t i = 0; i < 10000; i++) {
		uint32_t *grown = jet_grow(array, i, &capacity, sizeof(*array));

		cr_assert(grown && capacity > i);
		array = grown;
		array[i] = i * 3;
	}
	for (uint32_t i = 0; i < 10000; i++)
		cr_assert_eq(array[i], i * 3);
	free(array);
}

Test(buf, array_with_room_stays_where_it_is)
{
	size_t capacity = 0;
	char *array = jet_grow(NULL, 0, &capacity, 1);
	const size_t first = capacity;

	cr_assert(array && first > 1);
	cr_expect(jet_grow(array, first - 1, &capacity, 1) == array);
	cr_expect_eq(capacity, first);
	free(array);
}

Test(buf, array_that_cannot_grow_stays_valid)
{
	size_t capacity = SIZE_MAX / 8;
	char *array = malloc(1);

	cr_assert(array);
	cr_expect_null(jet_grow(array, capacity, &capacity, 16));
	cr_expect_eq(capacity, SIZE_MAX / 8);
	array[0] = 'x'; /* a sanitizer would see it freed */
	free(array);
}
