/* SPDX-License-Identifier: Apache-2.0 */
#include "match/glob.h"

#include <criterion/criterion.h>
#include <string.h>

/* Spec (b): Go's filepath.Match of the pattern and "." reads only part of it. */

Test(glob_check, what_go_sees_to_be_wrong_is_rejected)
{
	static const char *const rows[] = {
		"[", "[a", "[]", "[]a]", "[-a]", "[a-]", "[a-b", "[^", "[^]", "[^]a]", "[^-a]", "[\xFF]",
		"[a\xFF]", "[\xC3]", "a\\", "\\", "*\\", ".\\", ".*[", ".[", "?*[", "?[", "**/[a", "*[",
		"*[a",
		"[\\", "[\\]", "[a\\", "[a--]", "[a]b[", "a[", "ab[c", "[.]*[", "[^a]*\\", "\\.[",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_not(jet_glob_check(rows[i], strlen(rows[i])), "\"%s\"", rows[i]);
}

Test(glob_check, what_go_does_not_look_at_is_accepted)
{
	static const char *const rows[] = {
		/* fine */
		"", "a", ".", "*", "**", "**/", "?", "a/b", "[a]", "[a-z]", "[^a]", "[^a-z]x", "[b-a]",
		"[\\]]", "[\\-a]", "[\\\\]", "\\*", "\\[", "a\\b", "]", "a]", "-", "[a]]", "[[]",
		"[a[]", "{", "(",
		"[*]", "[a*b]", "[\xC3\xA9-\xC3\xBC]", "\xFF", "[!a]", "[a/b]",
		/* the first chunk cannot match ".", so the rest is never read */
		"x*[a", "x*\\", "a*[]b]", "*x*[", "a*b*[", "\\a*[", "[a]*[", "[^.]*[", "..*[", "x*[\xFF]",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect(jet_glob_check(rows[i], strlen(rows[i])), "\"%s\"", rows[i]);
}

Test(glob_check, nul_is_a_byte_as_any_other)
{
	cr_expect(jet_glob_check("a\0b", 3));
	cr_expect(jet_glob_check("[\0]", 3));
	cr_expect_not(jet_glob_check("\0[", 2));
}

Test(glob_check, path_match_looks_at_all_of_it)
{
	static const char *const good[] = { "", "a", "*", "[a]", "[b-a]", "[!a]", "a*[*]b", "\\*" };
	static const char *const bad[] = { "[", "*[b", "x*[a", "[a-", "[]", "a*b*[", "x*\\", "[^]*]", "a[" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(jet_glob_valid((struct jet_str){ good[i], strlen(good[i]) }), "\"%s\"", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(jet_glob_valid((struct jet_str){ bad[i], strlen(bad[i]) }), "\"%s\"", bad[i]);
}
