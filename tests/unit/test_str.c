/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <criterion/criterion.h>
#include <string.h>

Test(str, valid_runes_are_decoded)
{
	static const struct {
		const char *data;
		size_t len;
		uint32_t rune;
	} rows[] = {
		{ "\0", 1, 0 }, { "a", 1, 'a' }, { "\x7F", 1, 0x7F }, { "\xC2\x80", 2, 0x80 },
		{ "\xDF\xBF", 2, 0x7FF }, { "\xE0\xA0\x80", 3, 0x800 }, { "\xED\x9F\xBF", 3, 0xD7FF },
		{ "\xEE\x80\x80", 3, 0xE000 }, { "\xEF\xBF\xBD", 3, 0xFFFD },
		{ "\xEF\xBF\xBF", 3, 0xFFFF }, { "\xF0\x90\x80\x80", 4, 0x10000 },
		{ "\xF4\x8F\xBF\xBF", 4, 0x10FFFF },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char data[8] = "zzzzzzz";
		uint32_t rune = 1;

		memcpy(data, rows[i].data, rows[i].len);
		cr_expect_eq(jet_rune_decode(data, 8, &rune), rows[i].len, "row %zu", i);
		cr_expect_eq(rune, rows[i].rune, "row %zu: U+%04X", i, rune);
		cr_expect(jet_utf8_valid(rows[i].data, rows[i].len), "row %zu", i);
	}
}

Test(str, invalid_sequences_are_one_byte_long)
{
	static const char *const rows[] = {
		"\x80", "\xBF", "\xFE", "\xFF",
		"\xC0\x80", "\xC1\xBF",                         /* overlong */
		"\xE0\x80\x80", "\xE0\x9F\xBF",
		"\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
		"\xED\xA0\x80", "\xED\xBF\xBF",                 /* surrogates */
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80",         /* above 10FFFF */
		"\xF8\x88\x80\x80\x80",
		"\xC2", "\xC2z", "\xC2\xC2", "\xE2\x82", "\xE2\x82z", "\xE2z\x82", /* cut short */
		"\xF0\x9F\x98", "\xF0\x9F\x98z", "\xF0\x9Fz\x80", "\xF0z\x98\x80",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t rune = 1;

		cr_expect_eq(jet_rune_decode(rows[i], strlen(rows[i]), &rune), 1, "row %zu", i);
		cr_expect_eq(rune, JET_RUNE_ERROR, "row %zu: U+%04X", i, rune);
		cr_expect_not(jet_utf8_valid(rows[i], strlen(rows[i])), "row %zu", i);
	}
}

Test(str, what_is_encoded_decodes_to_the_same_rune)
{
	for (uint32_t rune = 0; rune <= JET_RUNE_MAX; rune++) {
		char utf8[4];
		uint32_t back;
		size_t len;

		if (rune == 0xD800)
			rune = 0xE000;
		len = jet_rune_encode(rune, utf8);
		cr_assert(jet_rune_decode(utf8, len, &back) == len && back == rune, "U+%04X", rune);
	}
}

Test(str, validity_is_asked_of_all_of_it)
{
	cr_expect(jet_utf8_valid("", 0));
	cr_expect(jet_utf8_valid("a\0\xEF\xBF\xBDz", 6));
	cr_expect_not(jet_utf8_valid("abc\xFF", 4));
	cr_expect_not(jet_utf8_valid("\xFF" "abc", 4));
	cr_expect_not(jet_utf8_valid("abc\xC3", 4));
}

/* @text trimmed is @want. */
static void expect_trimmed(const char *text, size_t len, const char *want, size_t want_len)
{
	struct jet_str got = jet_str_trim((struct jet_str){ text, len });

	cr_expect(got.len == want_len && memcmp(got.data, want, want_len) == 0,
	          "\"%.*s\" (%zu bytes) gives %zu bytes", (int)len, text, len, got.len);
}

Test(str, white_space_of_unicode_is_trimmed_at_both_ends)
{
	static const uint32_t spaces[] = {
		0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
		0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
		0x3000,
	};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		char text[16];
		size_t n = jet_rune_encode(spaces[i], text), len = n;

		memcpy(text + len, "a b", 3);
		len += 3;
		len += jet_rune_encode(spaces[i], text + len);
		text[len++] = ' ';
		expect_trimmed(text, len, "a b", 3);
		expect_trimmed(text, n, "", 0);
	}
}

Test(str, nothing_else_is_trimmed)
{
	static const uint32_t others[] = {
		0x00, 0x01, 0x08, 0x0E, 0x1C, 0x1D, 0x1E, 0x1F, 0x21, 0x7F, 0x84, 0x86, 0x9F, 0xA1, 0x167F,
		0x1681, 0x180E, 0x1FFF, 0x200B, 0x2027, 0x202A, 0x2030, 0x205E, 0x2060, 0x2FFF, 0x3001,
		0xFEFF,
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		char text[16];
		size_t len = jet_rune_encode(others[i], text);

		text[len++] = 'a';
		len += jet_rune_encode(others[i], text + len);
		expect_trimmed(text, len, text, len);
	}
}

Test(str, raw_bytes_of_spaces_stay)
{
	/* 85 and A0 alone are no UTF-8, nor is the end of a longer rune a space. */
	static const char *const rows[] = {
		"\x85" "a\x85", "\xA0" "a\xA0", "a\xE2\x80", "\x80\xA0", "a\xF1\x80\x80\x80", "\xE2\x80" "a",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_trimmed(rows[i], strlen(rows[i]), rows[i], strlen(rows[i]));
	expect_trimmed("", 0, "", 0);
	expect_trimmed(" \t\r\n", 4, "", 0);
}

Test(str, byte_order_has_a_prefix_first)
{
	static const struct jet_str sorted[] = {
		{ NULL, 0 }, { "\0", 1 }, { "a", 1 }, { "a\0", 2 }, { "a/", 2 }, { "aa", 2 }, { "b", 1 },
		{ "\x80", 1 }, { "\xFF", 1 },
	};
	const size_t n = sizeof(sorted) / sizeof(sorted[0]);

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			int got = jet_str_cmp(sorted[i], sorted[j]);

			cr_expect_eq((got > 0) - (got < 0), (i > j) - (i < j), "rows %zu and %zu", i, j);
		}
	}
}

Test(str, times_before_1970_are_one_decimal_number)
{
	static const struct {
		int64_t sec;
		uint32_t nsec;
		const char *text;
	} rows[] = {
		{ 0, 0, "0.000000000" },
		{ 1, 5, "1.000000005" },
		{ -1, 0, "-1.000000000" },
		{ -1, 500000000, "-0.500000000" },
		{ -2, 999999999, "-1.000000001" },
		{ -315619200, 500000000, "-315619199.500000000" },
		{ INT64_MIN, 1, "-9223372036854775807.999999999" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[32];

		jet_time_text(text, sizeof(text), rows[i].sec, rows[i].nsec);
		cr_expect_str_eq(text, rows[i].text);
	}
}
