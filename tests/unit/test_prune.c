/* SPDX-License-Identifier: Apache-2.0 */
#include "match/prune.h"

#include <criterion/criterion.h>
#include <string.h>

/* Spec (e): which ignored directories are never read. */
static const struct {
	const char *rules, *dir;
	bool buildkit, classic, buildah;
} rows[] = {
	{ "a", "a", true, true, true },
	{ "*\n!a/b", "a", false, false, false },
	{ "*\n!a/b", "b", true, true, true },
	{ "*\n!a/b", "a/b", false, false, false },
	{ "*\n!a/b", "a/c", true, true, true },
	{ "*\n!a/b", "a/b/c", true, true, true },
	{ "*\n!a/b/c/d", "a/b", false, false, false },
	{ "*\n!x\n!a/b\n!q", "a", false, false, false },
	{ "*\n!x\n!a/b\n!q", "c", true, true, true },
	/* whole components, but for buildah */
	{ "*\n!abc", "a", true, true, false },
	{ "*\n!abc", "abc", false, false, false },
	{ "*\n!ab/c", "a", true, true, false },
	{ "*\n!a-b\n!a/b", "a", false, false, false },
	{ "*\n!a-b\n!a.b", "a", true, true, false },
	/* sorted as bytes: these come behind "a/" */
	{ "*\n!a/b\n!a\xC3\xA9", "a", false, false, false },
	/* globs: BuildKit then prunes nothing at all, the others compare text */
	{ "b\n!**/c", "b", false, true, true },
	{ "**\n!**/c", "b", false, true, true },
	{ "*\n!*.md", "node_modules", false, true, true },
	{ "*\n!*/c", "a", false, true, true },
	{ "*\n!a*/b", "ab", false, true, true },
	{ "*\n!a*/b", "a", false, true, false },
	{ "*\n!\\.a/b", ".a", false, true, true },
	{ "*\n![a]/b", "a", false, true, true },
	{ "*\n!a?/b", "ab", false, true, true },
	{ "*\n!^a/b", "a", false, true, true },
	{ "*\n!a]/b", "x", false, true, true },
	{ "*\n!b/c\n!*.md", "x", false, true, true },
	/* no globs to BuildKit */
	{ "*\n!a+b/c", "x", true, true, true },
	{ "*\n!a|b{2}(c)$/c", "x", true, true, true },
	/* last components are taken off: a/ ** and a/ * leave a */
	{ "*\n!a/**", "a", false, false, false },
	{ "*\n!a/**", "a/x", true, true, true },
	{ "*\n!a/*", "a", false, false, false },
	{ "*\n!a/*", "b", true, true, true },
	{ "*\n!a/*/*", "a/x", false, true, true },
	/* the known mistake: a/ * / ** counts as plain a */
	{ "*\n!a/*/**", "a", false, false, false },
	{ "*\n!a/*/**", "a/x", true, true, true },
	/* the pattern is not negated: it opens nothing */
	{ "*\na/b", "a", true, true, true },
};

static void check(enum jet_builder builder, size_t row, bool want)
{
	struct jet_ruleset *rs;
	struct jet_matcher *m;

	cr_assert_eq(jet_ruleset_parse(rows[row].rules, strlen(rows[row].rules), NULL, builder, &rs, NULL),
	             0);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	cr_expect_eq(jet_matcher_prunes(m, rows[row].dir, strlen(rows[row].dir)), want,
	             "%s, row %zu: directory %s", jet_builder_name(builder), row, rows[row].dir);
	jet_matcher_close(m);
	jet_ruleset_free(rs);
}

Test(prune, each_builder_compares_texts_in_its_own_way)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check(JET_BUILDER_BUILDKIT, i, rows[i].buildkit);
		check(JET_BUILDER_CLASSIC, i, rows[i].classic);
		check(JET_BUILDER_CLASSIC_20_10, i, rows[i].classic);
		check(JET_BUILDER_BUILDAH, i, rows[i].buildah);
	}
}

/* What jet_pruner_skips() finds by searching, found by looking at each. */
static bool skips_slowly(const char *const *texts, size_t n, const char *dir, bool slash)
{
	for (size_t i = 0; i < n; i++) {
		char text[16], begin[16];

		strcpy(text, texts[i]);
		strcat(text, "/");
		strcpy(begin, dir);
		strcat(begin, slash ? "/" : "");
		if (strncmp(text, begin, strlen(begin)) == 0)
			return false;
	}
	return true;
}

Test(prune, searching_sorted_texts_is_the_same_as_looking_at_each)
{
	static const char *const texts[] = {
		"a", "a b", "a!", "a-b/c", "a.b", "a/b", "a0", "aa", "b/a/c", "b/a-c", "c", "d/", "e/f/g/h",
	};
	static const char *const dirs[] = {
		"a", "a ", "a b", "a!", "a-", "a-b", "a.", "a.b", "a/b", "a/c", "a0", "aa", "ab", "b", "b/a",
		"b/a-", "b/b", "c", "cc", "d", "e", "e/f", "e/f/g", "e/f/g/h", "e/f/g/h/i", "f", "\xFF", "A",
	};
	enum { N = sizeof(texts) / sizeof(texts[0]), NDIRS = sizeof(dirs) / sizeof(dirs[0]) };
	struct jet_rule rules[N];
	struct jet_arena arena = { 0 };

	memset(rules, 0, sizeof(rules));
	for (size_t i = 0; i < N; i++) {
		rules[i].pattern = texts[i];
		rules[i].pattern_len = strlen(texts[i]);
		rules[i].negated = true;
	}
	for (int open = 0; open < 2; open++) {
		struct jet_pruner p;

		cr_assert_eq(jet_pruner_init(&p, &arena, rules, N,
		                             open ? JET_PRUNE_OPEN_END : JET_PRUNE_LITERAL),
		             0);
		for (size_t i = 0; i < NDIRS; i++)
			cr_expect_eq(jet_pruner_skips(&p, (struct jet_str){ dirs[i], strlen(dirs[i]) }),
			             skips_slowly(texts, N, dirs[i], !open), "open %d: \"%s\"",
			             open, dirs[i]);
	}
	jet_arena_clear(&arena);
}
