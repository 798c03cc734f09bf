/* SPDX-License-Identifier: Apache-2.0 */
/* What a pattern matches, whether the trie or slow.c answers. */
#include "match/matcher.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Does the one rule @pattern match @path itself?  Of faults it is 'f'. */
static char match(const char *pattern, const char *path, size_t len)
{
	struct jet_ruleset *rs;
	struct jet_matcher *m;
	struct jet_verdict v;

	cr_assert_eq(jet_ruleset_parse(pattern, strlen(pattern), NULL, JET_BUILDER_CLASSIC, &rs, NULL), 0,
	             "%s", pattern);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	cr_assert_eq(jet_matcher_path(m, JET_ORDER_SELF, path, len, &v), 0, "%s", path);
	jet_matcher_close(m);
	jet_ruleset_free(rs);
	return v.answer == JET_IGNORED ? 'y' : v.answer == JET_KEPT ? 'n' : 'f';
}

static const struct {
	const char *pattern;
	const char *yes[5], *no[6];
} rows[] = {
	{ "a/**", { "a/b", "a/b/c" }, { "a", "ab", "b/a/c" } },
	{ "a**", { "a", "ab", "ab/c" }, { "ba" } },
	{ "**/a", { "a", "x/a", "x/y/a" }, { "xa", "a/b" } },
	{ "**a", { "a", "xa", "x/ya" }, { "ab" } },
	{ "**", { "a", "a/b" }, { NULL } },
	{ "**a*", { "a", "ab", "x/ab" }, { "xa" } },
	{ "a**b", { "ab", "ax/b" }, { "axb" } },
	{ "a/***", { "a/b", "a/b/c" }, { "a" } },
	{ "*", { "a", "a\nb", "\xFF" }, { "a/b" } },
	{ "?", { "a", "\xC3\xA9", "\xFF" }, { "ab", "\xFF\xFE" } },
	{ "a|b*", { "a", "az/q", "b", "x/bz" }, { "b/c", "x/a" } },
	{ "|a*", { "zzz", "q/r" }, { NULL } },
	{ "a{2}*", { "aa", "aab" }, { "a", "ab", "a{2}" } },
	{ "a{,2}*", { "a{,2}", "a{,2}x" }, { "aa" } },
	{ "?{2}", { "ab" }, { "a", "abc" } },
	{ "^a*", { "a", "ab" }, { "^a" } },
	{ "a^b*", { NULL }, { "ab", "a^b", "b" } },
	{ "a*[]b]", { "a]", "axb" }, { "a" } },
	{ "[^x]", { "a", "\n" }, { "x", "ab" } },
	{ "a[^x]b", { "a/b", "a\nb" }, { "axb" } },
	{ "[!a]", { "!", "a" }, { "b" } },
	{ "[[:alpha:]]*", { "a", "Z9" }, { "9", "\xC3\xA9" } },
	{ "x*[a-b-c]", { "xa", "xb", "x-", "xc" }, { "xd" } },
	{ "[*]", { "]", "[]", "^[]" }, { "*", "x", "x]" } },
	{ "x*\\d", { "x1", "xa9" }, { "xd" } },
	{ "a\\b", { "a" }, { "a\\b", "ab", "b" } },
	{ "dir\\file", { "dir\file" }, { "dir\\file", "dirfile" } },
	{ "x*\\", { "x$", "xy$anything/at/all" }, { "x", "x\\" } },
	{ "\\Qa*b", { "a[^/]*b$", "a[^/]*b$rest" }, { "ab", "axb" } },
	{ "\\*", { "*" }, { "a" } },
	{ "\\x41\\102*", { "AB" }, { "ab" } },
	{ "\\p{Greek}*", { "\xCE\xB1" "x" }, { "a" } },
	{ "\\PL?", { "1x" }, { "ax" } },
	{ "a\\Bb*", { "ab", "abc" }, { "a", "a b" } },
	/* U+FFFD in a regexp is any invalid byte; plain rules compare bytes */
	{ "\xFF*", { "\xFE", "\xEF\xBF\xBD" }, { "a" } },
	{ "\xFF", { "\xFF" }, { "\xFE", "\xEF\xBF\xBD" } },
	{ "**\xA9", { "\xA9", "\xC3\xA9" }, { "\xC3\xA8" } },
	{ "\xC3**", { "\xC3", "\xC3\xA9" }, { "\xC4" } },
	/* newlines: "." does not take them, all else does */
	{ "a/**/b*", { "a/b", "a/x/b" }, { "a/\n/b" } },
	{ "a/**", { "a/\n" }, { NULL } },
	{ "**/b", { "\n/b" }, { NULL } },
	{ "a$", { "a$" }, { "a", "a\n" } },
	{ "a+(b)", { "a+(b)" }, { "ab", "aab" } },
	{ "A", { "A" }, { "a" } },
};

Test(slow, patterns_match_what_they_match_in_go)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 5 && rows[i].yes[k]; k++)
			cr_expect_eq(match(rows[i].pattern, rows[i].yes[k], strlen(rows[i].yes[k])), 'y',
			             "\"%s\" should match \"%s\"", rows[i].pattern, rows[i].yes[k]);
		for (size_t k = 0; k < 6 && rows[i].no[k]; k++)
			cr_expect_eq(match(rows[i].pattern, rows[i].no[k], strlen(rows[i].no[k])), 'n',
			             "\"%s\" should not match \"%s\"", rows[i].pattern, rows[i].no[k]);
	}
}

Test(slow, what_go_refuses_fails_when_it_is_asked)
{
	static const char *const patterns[] = {
		"a{2,1}*", "a{1001}*", "*{2}", "a{2}{3}*", "x|{2}*", "[[:a]b:]*", "[[:foo:]]", "[z-a]",
		"[a-\\d]",
		"a\\E*", "\\C", "x*[a", "\\1",
	};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		cr_expect_eq(match(patterns[i], "zz", 2), 'f', "\"%s\"", patterns[i]);
}

Test(slow, long_paths_cross_the_words_of_a_set)
{
	static const size_t lengths[] = { 62, 63, 64, 65, 127, 128, 129, 1000 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		char path[1001], pattern[64];

		memset(path, 'a', sizeof(path));
		path[lengths[i] - 1] = 'z';
		snprintf(pattern, sizeof(pattern), "a{%zu}z\\b*", lengths[i] - 1);
		cr_expect_eq(match(pattern, path, lengths[i]), 'y', "%zu bytes", lengths[i]);
		cr_expect_eq(match(pattern, path, lengths[i] - 1), 'n', "%zu bytes", lengths[i]);
		snprintf(pattern, sizeof(pattern), "a{%zu}z\\b*", lengths[i] - 2);
		cr_expect_eq(match(pattern, path, lengths[i]), 'n', "%zu bytes", lengths[i]);
	}
}
