/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

#include <criterion/criterion.h>
#include <string.h>

/* Spec (a): Go's filepath.Clean, and what an ignore file makes of it. */
static const char *const cleaned[][2] = {
	{ "", "." }, { ".", "." }, { "./", "." }, { "/", "/" }, { "//", "/" },
	{ "a", "a" }, { "a/", "a" }, { "a//", "a" }, { "/a", "/a" }, { "//a", "/a" },
	{ "a//b", "a/b" }, { "a/./b", "a/b" }, { "./a", "a" }, { "a/.", "a" },
	{ "a/..", "." }, { "a/../b", "b" }, { "a/b/..", "a" }, { "a/b/../..", "." },
	{ "a/b/../../..", ".." }, { "a/../..", ".." }, { "a/../../b", "../b" },
	{ "..", ".." }, { "../", ".." }, { "../a", "../a" }, { "../..", "../.." },
	{ "../../a", "../../a" }, { "../a/..", ".." }, { "../a/../..", "../.." },
	{ "/..", "/" }, { "/../..", "/" }, { "/../a", "/a" }, { "/a/..", "/" },
	{ "/a/../..", "/" }, { "/a/../../b", "/b" }, { "/.", "/" }, { "/./a", "/a" },
	{ "*/../x", "x" }, { "**/../a", "a" }, { "[a]/../x", "x" }, { "**/", "**" },
	{ "a\\/", "a\\" }, { "[a/b]c", "[a/b]c" }, { "a/\\../b", "a/\\../b" },
	{ "...", "..." }, { "a/...", "a/..." }, { ".a", ".a" }, { "..a", "..a" },
	{ "a..", "a.." }, { "a/.b/..", "a" }, { "!/..", "." }, { "!../a", "!../a" },
	{ "!..", "!.." }, { "!../../a", "a" }, { "!../..", "." }, { "x/../!a", "!a" }, { "/!a", "/!a" },
	{ " /a", " /a" }, { "a / b", "a / b" }, { "\xFF//\xFE/", "\xFF/\xFE" },
};

Test(path, clean_is_that_of_go)
{
	for (size_t i = 0; i < sizeof(cleaned) / sizeof(cleaned[0]); i++) {
		const char *in = cleaned[i][0], *want = cleaned[i][1];
		char out[64];
		size_t len = jet_path_clean(in, strlen(in), out);

		cr_expect(len == strlen(want) && memcmp(out, want, len) == 0, "\"%s\" gives \"%.*s\"",
		          in, (int)len, out);
	}
}

Test(path, clean_works_in_place)
{
	for (size_t i = 0; i < sizeof(cleaned) / sizeof(cleaned[0]); i++) {
		const char *want = cleaned[i][1];
		char text[64];
		size_t len = strlen(cleaned[i][0]);

		memcpy(text, cleaned[i][0], len);
		len = jet_path_clean(text, len, text);
		cr_expect(len == strlen(want) && memcmp(text, want, len) == 0, "\"%s\" gives \"%.*s\"",
		          cleaned[i][0], (int)len, text);
	}
}

Test(path, what_is_clean_stays_so)
{
	for (size_t i = 0; i < sizeof(cleaned) / sizeof(cleaned[0]); i++) {
		const char *in = cleaned[i][1];
		char out[64];
		size_t len = jet_path_clean(in, strlen(in), out);

		cr_expect(len == strlen(in) && memcmp(out, in, len) == 0, "\"%s\"", in);
	}
}

Test(path, nul_is_a_byte_as_any_other_to_clean)
{
	char out[8];
	size_t len = jet_path_clean("a//\0/.", 6, out);

	cr_assert_eq(len, 3);
	cr_expect_arr_eq(out, "a/\0", 3);
}

Test(path, plain_is_what_lies_below_a_root)
{
	static const struct {
		const char *path;
		size_t len;
		bool plain;
	} rows[] = {
		{ "", 0, true }, { "a", 1, true }, { "a/b", 3, true }, { "...", 3, true },
		{ ".a/b.", 5, true }, { "..a", 3, true }, { " ", 1, true }, { "\xFF", 1, true },
		{ "a\\b", 3, true }, { "!a", 2, true }, { ".", 1, false }, { "..", 2, false },
		{ "/", 1, false }, { "/a", 2, false }, { "a/", 2, false }, { "a//b", 4, false },
		{ "./a", 3, false }, { "a/.", 3, false }, { "a/./b", 5, false },
		{ "../a", 4, false }, { "a/..", 4, false }, { "a/../b", 6, false },
		{ "a\0b", 3, false }, { "\0", 1, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_path_is_plain(rows[i].path, rows[i].len), rows[i].plain, "row %zu: \"%s\"",
		             i, rows[i].path);
}

Test(path, base_is_where_the_last_component_begins)
{
	static const struct {
		const char *path;
		size_t base;
	} rows[] = {
		{ "", 0 }, { "a", 0 }, { "abc", 0 }, { "a/b", 2 }, { "ab/cd/ef", 6 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].path);

		cr_expect_eq(jet_path_base(rows[i].path, len), rows[i].base, "\"%s\"", rows[i].path);
	}
}

Test(path, components_are_taken_one_by_one)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "", "" }, { "/", "" }, { "a", "a|" }, { "a/b", "a|b|" }, { "//a///b//", "a|b|" },
		{ "./../a", ".|..|a|" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_str rest = { rows[i].path, strlen(rows[i].path) }, name;
		char got[64] = "";

		while ((name = jet_path_take(&rest)).len) {
			strncat(got, name.data, name.len);
			strcat(got, "|");
		}
		cr_expect_str_eq(got, rows[i].want, "\"%s\" gives %s", rows[i].path, got);
		cr_expect_eq(rest.len, 0);
	}
}

Test(path, order_goes_component_by_component)
{
	/* A directory, its contents, then all that merely begins alike. */
	static const char *const sorted[] = {
		"", "A", "a", "a/\x01", "a/b", "a/b/c", "a/b/c/d", "a/b c", "a/b-c", "a/b.c", "a/bb", "a/c",
		"a\x01", "a b", "a b/z", "a!", "a-b", "a-b/a", "a.b", "a.b/c", "a0", "aa", "aa/a", "b",
		"\x7F", "\x80", "\xC3\xA9", "\xFF",
	};
	const size_t n = sizeof(sorted) / sizeof(sorted[0]);

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			int got = jet_path_order(sorted[i], strlen(sorted[i]), sorted[j], strlen(sorted[j]));

			cr_expect_eq((got > 0) - (got < 0), (i > j) - (i < j), "\"%s\" and \"%s\": %d",
			             sorted[i], sorted[j], got);
		}
	}
}

Test(path, wildcards_are_known)
{
	static const struct {
		const char *s;
		bool want;
	} rows[] = {
		{ "", false }, { "a", false }, { "*", true }, { "a?", true }, { "[", true }, { "]", false },
		{ "\\*", false }, { "\\\\*", true }, { "a\\", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_has_wildcard((struct jet_str){ rows[i].s, strlen(rows[i].s) }),
			     rows[i].want, "%s", rows[i].s);
}
