/* SPDX-License-Identifier: Apache-2.0 */
#include "match/unicode.h"

#include <criterion/criterion.h>
#include <string.h>

static bool find(const char *name, bool loose, struct jet_unicode_class *c)
{
	return jet_unicode_find(name, strlen(name), loose, c);
}

Test(unicode, classes_hold_what_they_should)
{
	static const struct {
		const char *name;
		uint32_t in, out;
	} rows[] = {
		{ "L", 'a', '1' }, { "Lu", 'A', 'a' }, { "Ll", 0xE9, 0xC9 }, { "N", 0x0663, 'a' },
		{ "Nd", '9', 0x2167 }, { "P", '!', '+' }, { "Sm", '+', '!' }, { "Zs", ' ', '\n' },
		{ "Cc", '\n', ' ' }, { "Greek", 0x3B1, 'a' }, { "Latin", 'a', 0x3B1 },
		{ "Han", 0x4E00, 0x3042 }, { "Hiragana", 0x3042, 0x4E00 }, { "Cyrillic", 0x436, 'z' },
		{ "Co", 0x10FFFD, 0x10FFFF }, { "Any", 0x10FFFF, UINT32_MAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int loose = 0; loose < 2; loose++) {
			struct jet_unicode_class c;

			cr_assert(find(rows[i].name, loose, &c), "%s", rows[i].name);
			cr_expect(jet_unicode_has(c, rows[i].in), "%s: U+%04X", rows[i].name, rows[i].in);
			if (rows[i].out != UINT32_MAX)
				cr_expect_not(jet_unicode_has(c, rows[i].out), "%s: U+%04X", rows[i].name,
				              rows[i].out);
		}
	}
}

Test(unicode, every_rune_has_one_category)
{
	struct jet_unicode_class majors[7];
	static const char *const names[] = { "L", "M", "N", "P", "S", "Z", "C" };

	for (int i = 0; i < 7; i++)
		cr_assert(find(names[i], true, &majors[i]), "%s", names[i]);
	for (uint32_t rune = 0; rune <= 0x10FFFF; rune++) {
		int n = 0;

		for (int i = 0; i < 7; i++)
			n += jet_unicode_has(majors[i], rune);
		cr_assert_eq(n, 1, "U+%04X is in %d", rune, n);
	}
}

Test(unicode, loose_names_are_those_of_newer_go)
{
	static const struct {
		const char *name;
		bool loose, strict;
	} rows[] = {
		{ "Lu", true, true }, { "lu", true, false }, { "LU", true, false }, { "LC", true, false },
		{ "Cn", true, false }, { "ASCII", true, false }, { "ascii", true, false },
		{ "Assigned", true, false }, { "Letter", true, false }, { "uppercase_letter", true, false },
		{ "greek", true, false }, { "Any", true, true }, { "any", true, false },
		{ "Old_Italic", false, true }, { "Nope", false, false }, { "", false, false },
		{ "a", false, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_unicode_class c;

		cr_expect_eq(find(rows[i].name, true, &c), rows[i].loose, "loose: %s", rows[i].name);
		cr_expect_eq(find(rows[i].name, false, &c), rows[i].strict, "strict: %s", rows[i].name);
	}
}

Test(unicode, unassigned_runes_are_in_c_only_for_newer_go)
{
	struct jet_unicode_class c;

	cr_assert(find("C", true, &c));
	cr_expect(jet_unicode_has(c, 0x0378));
	cr_assert(find("C", false, &c));
	cr_expect_not(jet_unicode_has(c, 0x0378));
	cr_expect(jet_unicode_has(c, 0x0000));
	cr_assert(find("Assigned", true, &c));
	cr_expect_not(jet_unicode_has(c, 0x0378));
	cr_assert(find("ASCII", true, &c));
	cr_expect(jet_unicode_has(c, 0x7F) && !jet_unicode_has(c, 0x80));
}

Test(unicode, odd_names_are_no_names)
{
	struct jet_unicode_class c;
	char name[100];

	memset(name, 'L', sizeof(name));
	cr_expect_not(jet_unicode_find(name, sizeof(name), true, &c));
	cr_expect_not(jet_unicode_find("L\0u", 3, true, &c));
}
