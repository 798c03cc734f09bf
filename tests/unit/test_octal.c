/* SPDX-License-Identifier: Apache-2.0 */
#include "base/octal.h"

#include <criterion/criterion.h>
#include <string.h>

Test(octal, only_visible_ascii_stays_as_it_is)
{
	static const struct {
		const char *data;
		size_t len;
		const char *also, *want;
	} rows[] = {
		{ "", 0, "", "" },
		{ "a~!", 3, "", "a~!" },
		{ " \x7F\\", 3, "", "\\040\\177\\134" },
		{ "\0\n\xFF", 3, "", "\\000\\012\\377" },
		{ "a#b*", 4, "#*", "a\\043b\\052" },
		{ "a#b*", 4, "", "a#b*" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };

		cr_assert_eq(jet_octal_put(&buf, rows[i].data, rows[i].len, rows[i].also), 0);
		cr_assert_eq(jet_buf_terminate(&buf), 0);
		cr_expect_str_eq(buf.data, rows[i].want, "row %zu", i);
		jet_buf_clear(&buf);
	}
}
