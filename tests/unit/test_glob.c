/* SPDX-License-Identifier: Apache-2.0 */
#include "match/glob.h"

#include <criterion/criterion.h>
#include <string.h>

struct row {
	const char *pattern;
	enum jet_glob_kind kind;
	const char *text; /* the regexp, or the bytes that are compared */
};

static void check(enum jet_builder builder, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_buf regexp = { 0 };
		struct jet_glob glob;
		struct jet_str got;

		cr_assert_eq(jet_glob_translate(rows[i].pattern, strlen(rows[i].pattern),
		                                jet_dialect_of(builder), &glob, &regexp),
		             0);
		got = glob.kind == JET_GLOB_REGEX ? (struct jet_str){ regexp.data, regexp.len } : glob.text;
		cr_expect_eq(glob.kind, rows[i].kind, "%s: \"%s\" is of kind %d", jet_builder_name(builder),
		             rows[i].pattern, glob.kind);
		cr_expect(got.len == strlen(rows[i].text) && memcmp(got.data, rows[i].text, got.len) == 0,
		          "%s: \"%s\" gives \"%.*s\"", jet_builder_name(builder), rows[i].pattern,
		          (int)got.len, got.data);
		jet_buf_clear(&regexp);
	}
}

#define BOM "\xEF\xBB\xBF"
#define BAD "\xEF\xBF\xBD"

/* Spec (c). */
static const struct row typed[] = {
	/* plain text, also where a regexp would need escapes */
	{ "", JET_GLOB_EXACT, "" },
	{ "a/b", JET_GLOB_EXACT, "a/b" },
	{ "a.b+(c)$", JET_GLOB_EXACT, "a.b+(c)$" },
	{ "a{2}|^b", JET_GLOB_EXACT, "a{2}|^b" },
	{ "\xFF", JET_GLOB_EXACT, "\xFF" },
	{ BOM "a", JET_GLOB_EXACT, BOM "a" },
	/* prefix: two bytes are cut off */
	{ "a/**", JET_GLOB_PREFIX, "a/" },
	{ "a**", JET_GLOB_PREFIX, "a" },
	{ "a.b|c**", JET_GLOB_PREFIX, "a.b|c" },
	/* suffix: overrides all that came before */
	{ "**", JET_GLOB_SUFFIX, "" },
	{ "**/a", JET_GLOB_SUFFIX, "/a" },
	{ "**a", JET_GLOB_SUFFIX, "a" },
	{ "**/a.b/c{2}", JET_GLOB_SUFFIX, "/a.b/c{2}" },
	/* the type is decided by what set it last */
	{ "**a*", JET_GLOB_REGEX, "^(.*/)?a[^/]*$" },
	{ "**/a**", JET_GLOB_REGEX, "^(.*/)?a.*$" },
	{ "**/**", JET_GLOB_REGEX, "^(.*/)?.*$" },
	{ "***", JET_GLOB_REGEX, "^(.*/)?[^/]*$" },
	{ "a/***", JET_GLOB_REGEX, "^a/(.*/)?[^/]*$" },
	{ "a**b", JET_GLOB_REGEX, "^a(.*/)?b$" },
	{ "a/**/b", JET_GLOB_REGEX, "^a/(.*/)?b$" },
	{ "a/**/b/**", JET_GLOB_REGEX, "^a/(.*/)?b/.*$" },
	{ "?/**", JET_GLOB_REGEX, "^[^/]/.*$" },
	{ "*", JET_GLOB_REGEX, "^[^/]*$" },
	{ "*.log", JET_GLOB_REGEX, "^[^/]*\\.log$" },
	{ "a?b+(c)$", JET_GLOB_REGEX, "^a[^/]b\\+\\(c\\)\\$$" },
	/* live operators, where it is a regexp */
	{ "a|b*", JET_GLOB_REGEX, "^a|b[^/]*$" },
	{ "^a{2,}*", JET_GLOB_REGEX, "^^a{2,}[^/]*$" },
	{ "a}*", JET_GLOB_REGEX, "^a}[^/]*$" },
	/* escapes go through, the trailing one becomes half of "\$" */
	{ "a\\b", JET_GLOB_REGEX, "^a\\b$" },
	{ "\\*", JET_GLOB_REGEX, "^\\*$" },
	{ "\\**", JET_GLOB_REGEX, "^\\*[^/]*$" },
	{ "\\\xC3\xA9", JET_GLOB_REGEX, "^\\\xC3\xA9$" },
	{ "x*\\", JET_GLOB_REGEX, "^x[^/]*\\$" },
	{ "a\\", JET_GLOB_EXACT, "a\\" },
	/* classes are passed through, rewritten inside as anywhere */
	{ "[a-z]", JET_GLOB_REGEX, "^[a-z]$" },
	{ "]", JET_GLOB_REGEX, "^]$" },
	{ "[*]", JET_GLOB_REGEX, "^[[^/]*]$" },
	{ "[a?b]", JET_GLOB_REGEX, "^[a[^/]b]$" },
	{ "[a**b]", JET_GLOB_REGEX, "^[a(.*/)?b]$" },
	{ "[.+$(]", JET_GLOB_REGEX, "^[\\.\\+\\$\\(]$" },
	/* runes */
	{ "\xFF*", JET_GLOB_REGEX, "^" BAD "[^/]*$" },
	{ BOM "a*", JET_GLOB_REGEX, "^a[^/]*$" },
	{ "a" BOM "*", JET_GLOB_REGEX, "^a" BOM "[^/]*$" },
	{ BOM "**/a", JET_GLOB_SUFFIX, "\xBF**/a" },
};

Test(glob, kinds_and_regexps_are_those_of_patternmatcher)
{
	check(JET_BUILDER_BUILDKIT, typed, sizeof(typed) / sizeof(typed[0]));
	check(JET_BUILDER_CLASSIC, typed, sizeof(typed) / sizeof(typed[0]));
}

Test(glob, the_old_translation_knows_no_kinds_and_fewer_escapes)
{
	static const struct row rows[] = {
		{ "a.b", JET_GLOB_REGEX, "^a\\.b$" },
		{ "a+b", JET_GLOB_REGEX, "^a+b$" },
		{ "(x)$", JET_GLOB_REGEX, "^(x)\\$$" },
		{ "a|b{2}^", JET_GLOB_REGEX, "^a|b{2}^$" },
		{ "**", JET_GLOB_REGEX, "^.*$" },
		{ "**a", JET_GLOB_REGEX, "^(.*/)?a$" },
		{ "**/a", JET_GLOB_REGEX, "^(.*/)?a$" },
		{ "a/**", JET_GLOB_REGEX, "^a/.*$" },
		{ "*?\\x", JET_GLOB_REGEX, "^[^/]*[^/]\\x$" },
		{ "x*\\", JET_GLOB_REGEX, "^x[^/]*\\$" },
	};

	check(JET_BUILDER_CLASSIC_20_10, rows, sizeof(rows) / sizeof(rows[0]));
}

Test(glob, rules_of_buildah_cover_their_subtree)
{
	static const struct row rows[] = {
		{ "a", JET_GLOB_REGEX, "^a(/.*)?$" },
		{ "a+b", JET_GLOB_REGEX, "^a+b(/.*)?$" },
		{ "**/a", JET_GLOB_REGEX, "^(.*/)?a(/.*)?$" },
		{ "a/**", JET_GLOB_REGEX, "^a/.*(/.*)?$" },
		{ BOM "a", JET_GLOB_REGEX, "^a(/.*)?$" },
	};

	check(JET_BUILDER_BUILDAH, rows, sizeof(rows) / sizeof(rows[0]));
}

Test(glob, nul_is_kept)
{
	struct jet_buf regexp = { 0 };
	struct jet_glob glob;

	cr_assert_eq(jet_glob_translate("\0*", 2, jet_dialect_of(JET_BUILDER_BUILDKIT), &glob, &regexp),
	             0);
	cr_assert_eq(regexp.len, 8);
	cr_expect_arr_eq(regexp.data, "^\0[^/]*$", 8);
	jet_buf_clear(&regexp);
}
