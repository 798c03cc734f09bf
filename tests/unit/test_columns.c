/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/columns.h"

#include <criterion/criterion.h>
#include <string.h>

Test(columns, characters_are_as_wide_as_terminals_show_them)
{
	static const struct {
		const char *text;
		size_t columns;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "\303\251", 1 },                 /* é */
		{ "e\314\201", 1 },                /* the same in two */
		{ "\346\227\245\346\234\254", 4 }, /* 日本 */
		{ "\357\274\241", 2 },             /* a full-width A */
		{ "\357\275\261", 1 },             /* a half-width kana */
		{ "\360\237\232\200", 2 },         /* a rocket */
		{ "\341\204\200\341\205\241", 2 }, /* Hangul, a syllable in parts */
		{ "a\342\200\213b", 2 },           /* a space without width */
		{ "\302\255", 1 },                 /* a soft hyphen */
		{ "\377\200", 2 },                 /* no UTF-8 */
		{ "\346\227", 2 },                 /* cut off */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_columns(rows[i].text, strlen(rows[i].text)), rows[i].columns, "row %zu", i);
}

static void expect_apart(const struct jet_column_range *table, size_t n)
{
	cr_assert_gt(n, 50);
	for (size_t i = 0; i < n; i++) {
		cr_expect_leq(table[i].first, table[i].last);
		cr_expect(i == 0 || table[i - 1].last < table[i].first, "range %zu", i);
	}
}

Test(columns, tables_are_in_order)
{
	expect_apart(jet_columns_none, jet_columns_none_len);
	expect_apart(jet_columns_two, jet_columns_two_len);
}
