/* SPDX-License-Identifier: Apache-2.0 */
#include "base/input.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(input, lines_come_one_by_one, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text;
		size_t len;
		const char *lines[5];
		size_t lens[5];
		size_t n;
	} rows[] = {
		{ "", 0, { 0 }, { 0 }, 0 },
		{ "a", 1, { "a" }, { 1 }, 1 },
		{ "a\n", 2, { "a" }, { 1 }, 1 },
		{ "\n\na\0b\nc", 7, { "", "", "a\0b", "c" }, { 0, 0, 3, 1 }, 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_input in = { 0 };
		struct jet_str line;

		scratch_file("f", rows[i].text, rows[i].len);
		cr_assert_eq(jet_input_open(&in, "f", "it", NULL), 0);
		for (size_t k = 0; k < rows[i].n; k++) {
			cr_assert_eq(jet_input_line(&in, &line, NULL), 1);
			cr_expect_eq(in.line, k + 1);
			cr_assert_eq(line.len, rows[i].lens[k]);
			cr_expect(memcmp(line.data, rows[i].lines[k], line.len) == 0);
		}
		cr_expect_eq(jet_input_line(&in, &line, NULL), 0);
		cr_expect_eq(jet_input_line(&in, &line, NULL), 0);
		jet_input_close(&in);
	}
}

Test(input, long_lines_are_whole_and_endless_ones_refused, .init = scratch_enter, .fini = scratch_leave)
{
	const size_t big = 3000000, endless = JET_INPUT_LINE_MAX + 1000000;
	struct jet_input in = { 0 }, bad = { 0 };
	struct jet_error err = { 0 };
	struct jet_str line;
	char *text = malloc(endless);

	cr_assert(text);
	memset(text, 'x', endless);
	text[100] = text[big] = '\n';
	scratch_file("f", text, big + 5);
	cr_assert_eq(jet_input_open(&in, "f", "it", NULL), 0);
	cr_assert_eq(jet_input_fill(&in, 7, NULL), 0);
	cr_expect_geq(in.len - in.at, 7);
	cr_assert_eq(jet_input_line(&in, &line, NULL), 1);
	cr_expect_eq(line.len, 100);
	cr_assert_eq(jet_input_line(&in, &line, NULL), 1);
	cr_expect_eq(line.len, big - 101);
	cr_assert_eq(jet_input_line(&in, &line, NULL), 1);
	cr_expect_eq(line.len, 4);
	jet_input_close(&in);

	text[100] = text[big] = 'x';
	scratch_file("f", text, endless);
	cr_assert_eq(jet_input_open(&bad, "f", "it", NULL), 0);
	cr_expect_eq(jet_input_line(&bad, &line, &err), JET_E_FORMAT);
	cr_expect_eq(err.line, 1);
	cr_expect_str_eq(err.file, "f");
	jet_input_close(&bad);
	free(text);
}

Test(input, what_cannot_be_opened_is_said, .init = scratch_enter, .fini = scratch_leave)
{
	struct jet_error err = { 0 };
	struct jet_input in = { 0 };

	cr_expect_eq(jet_input_open(&in, "f", "it", &err), JET_E_IO);
	jet_input_close(&in);
	scratch_tree("d/");
	cr_expect_eq(jet_input_open(&in, "d", "it", &err), JET_E_IO);
	jet_input_close(&in);
}
