/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <criterion/criterion.h>
#include <string.h>

Test(nearest, a_third_of_the_letters_may_be_wrong)
{
	static const char *const known[] = { "copy", NULL, "chown", "chmod", "entrypoint", "a", "" };
	static const struct {
		const char *word, *want;
	} rows[] = {
		{ "copy", "copy" }, { "cpoy", "copy" }, { "coppy", "copy" }, { "cop", "copy" },
		{ "chwon", "chown" }, { "chmd", "chmod" },
		{ "entriepont", "entrypoint" }, { "entri", NULL }, { "zzzz", NULL }, { "b", NULL },
		{ "", NULL }, { "ab", NULL },
		{ "cho", "chown" }, { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = jet_nearest(rows[i].word, known, sizeof(known) / sizeof(known[0]));

		if (rows[i].want)
			cr_expect(got && strcmp(got, rows[i].want) == 0, "%s gives %s", rows[i].word,
				  got ? got : "none");
		else
			cr_expect(!got, "%s gives %s", rows[i].word, got);
	}
	cr_expect(!jet_nearest("copy", NULL, 0));
}

/* What comes first wins where two are equally near. */
Test(nearest, the_order_decides)
{
	static const char *const known[] = { "abcd", "abce", "abcf" };

	cr_expect_str_eq(jet_nearest("abcx", known, 3), "abcd");
	cr_expect_str_eq(jet_nearest("abcf", known, 3), "abcf");
}
