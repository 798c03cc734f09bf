/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher.h"

#include <criterion/criterion.h>
#include <string.h>

struct subject {
	struct jet_ruleset *rs;
	struct jet_matcher *m;
};

static struct subject subject_of(const char *rules, enum jet_builder builder)
{
	struct subject s;
	struct jet_error err = { 0 };

	cr_assert_eq(jet_ruleset_parse(rules, strlen(rules), NULL, builder, &s.rs, &err), 0, "%s: %s", rules,
	             err.message);
	cr_assert_eq(jet_matcher_open(s.rs, &s.m), 0);
	return s;
}

static void drop(struct subject s)
{
	jet_matcher_close(s.m);
	jet_ruleset_free(s.rs);
}

static struct jet_verdict ask(struct jet_matcher *m, enum jet_order order, const char *path)
{
	struct jet_verdict v;

	cr_assert_eq(jet_matcher_path(m, order, path, strlen(path), &v), 0, "%s", path);
	return v;
}

static char answer(const char *rules, enum jet_builder builder, enum jet_order order, const char *path)
{
	struct subject s = subject_of(rules, builder);
	const enum jet_answer a = ask(s.m, order, path).answer;

	drop(s);
	return "kif"[a];
}

/* ---- orders ------------------------------------------------------------- */

/* k kept, i ignored, f failed, in the columns ORP, WALK,
 * OLD (with BuildKit's translation), docker 20.10, buildah. */
static const struct {
	const char *rules, *path, *answers;
} traps[] = {
	{ "a/b\n!a", "a/b", "kikkk" },
	{ "**/*.log\n!a", "a/x.log", "kikkk" },
	{ "a\n!a/b\na", "a/b", "ikiii" },
	{ "*\n!a\na/b\n!a", "a/b", "kikkk" },
	{ "*\n!a/b\n*", "a/b", "ikiii" },
	{ "**/b", "a/x/b/c", "iikki" },
	{ "a*/**/z", "a1/q/r/z/f", "iikki" },
	{ "a+b", "a+b", "iiikk" },
	{ "a+b", "aab", "kkkii" },
	{ "**a", "xa", "iiikk" },
	{ "zz\n![b-a]", "a", "kkkff" },
	/* and where all agree */
	{ "a", "a", "iiiii" },
	{ "a", "a/b", "iiiii" },
	{ "a", "ab", "kkkkk" },
	{ "a", "b/a", "kkkkk" },
	{ "*\n!a", "a", "kkkkk" },
	{ "*\n!a", "a/b/c", "kkkkk" },
	{ "a\n!a/b", "a/b/c", "kkkkk" },
	{ "a\n!a/b", "a/c", "iiiii" },
	{ "zz\n![b-a]", "zz", "fffff" },
	/* rules that match no path */
	{ ".\n/\n..\n../a", "a", "kkkkk" },
};

Test(matcher, orders_differ_where_the_builders_do)
{
	static const struct {
		enum jet_builder builder;
		enum jet_order order;
	} columns[] = {
		{ JET_BUILDER_BUILDKIT, JET_ORDER_ORP },
		{ JET_BUILDER_BUILDKIT, JET_ORDER_WALK },
		{ JET_BUILDER_BUILDKIT, JET_ORDER_OLD },
		{ JET_BUILDER_CLASSIC_20_10, JET_ORDER_BUILDER },
		{ JET_BUILDER_BUILDAH, JET_ORDER_BUILDER },
	};

	for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
		char got[6] = "";

		for (size_t k = 0; k < 5; k++)
			got[k] = answer(traps[i].rules, columns[k].builder, columns[k].order, traps[i].path);
		cr_expect_str_eq(got, traps[i].answers, "row %zu: %s gives %s", i, traps[i].path, got);
	}
}

Test(matcher, builders_walk_with_their_own_order)
{
	for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
		cr_expect_eq(answer(traps[i].rules, JET_BUILDER_BUILDKIT, JET_ORDER_BUILDER, traps[i].path),
		             traps[i].answers[1], "buildkit, row %zu", i);
		cr_expect_eq(answer(traps[i].rules, JET_BUILDER_CLASSIC, JET_ORDER_BUILDER, traps[i].path),
		             traps[i].answers[1], "classic, row %zu", i);
	}
}

Test(matcher, self_looks_at_no_parent)
{
	cr_expect_eq(answer("a", JET_BUILDER_BUILDKIT, JET_ORDER_SELF, "a"), 'i');
	cr_expect_eq(answer("a", JET_BUILDER_BUILDKIT, JET_ORDER_SELF, "a/b"), 'k');
	cr_expect_eq(answer("a", JET_BUILDER_BUILDAH, JET_ORDER_SELF, "a/b"), 'i');
}

Test(matcher, an_error_at_a_parent_is_that_of_all_below)
{
	/* Asked at "zz", not at "zz/x" itself: only WALK stops there. */
	cr_expect_eq(answer("zz\n!z[b-a]", JET_BUILDER_BUILDKIT, JET_ORDER_WALK, "zz/x/y"), 'f');
	cr_expect_eq(answer("zz\n!z[b-a]", JET_BUILDER_CLASSIC, JET_ORDER_BUILDER, "zz/x"), 'f');
}

/* ---- verdicts ----------------------------------------------------------- */

Test(matcher, the_deciding_rule_is_the_last_that_flipped)
{
	static const struct {
		const char *rules, *path;
		int rule; /* -1: none */
	} rows[] = {
		{ "*\n!a", "a", 1 },
		{ "*\n!a", "b", 0 },
		{ "x", "a", -1 },
		{ "!a", "a", -1 },
		{ "*\n*.log\n!a.log\n*.log", "x.log", 0 },
		{ "*\n*.log\n!a.log\n*.log", "a.log", 3 },
		{ "q\na\n!b", "a/b/c", 1 },
		{ "zz\n![b-a]", "zz", 1 }, /* the one that failed */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct subject s = subject_of(rows[i].rules, JET_BUILDER_BUILDKIT);
		const struct jet_rule *rule = ask(s.m, JET_ORDER_BUILDER, rows[i].path).rule;

		cr_expect_eq(rule ? (int)rule->index : -1, rows[i].rule, "row %zu", i);
		cr_expect(!rule || rule == jet_ruleset_rule(s.rs, rule->index), "row %zu", i);
		drop(s);
	}
}

Test(matcher, emptied_is_kept_by_walk_and_ignored_when_opened)
{
	static const struct {
		const char *rules, *path;
		enum jet_builder builder;
		bool emptied;
	} rows[] = {
		{ "a\n!a/b\na", "a/b", JET_BUILDER_BUILDKIT, true },
		{ "a\n!a/b\na", "a/b", JET_BUILDER_CLASSIC, false },
		{ "*\n!a/b\n*", "a/b", JET_BUILDER_BUILDKIT, true },
		{ "*\n!a/b", "a/b", JET_BUILDER_BUILDKIT, false },
		{ "*\n!a/b", "c", JET_BUILDER_BUILDKIT, false },
		{ "x", "a", JET_BUILDER_BUILDKIT, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct subject s = subject_of(rows[i].rules, rows[i].builder);

		cr_expect_eq(ask(s.m, JET_ORDER_BUILDER, rows[i].path).emptied, rows[i].emptied,
		             "row %zu", i);
		/* Only the builder's own evaluation has it. */
		cr_expect_not(ask(s.m, JET_ORDER_WALK, rows[i].path).emptied, "row %zu", i);
		drop(s);
	}
}

Test(matcher, the_root_is_always_kept)
{
	struct subject s = subject_of("*\n**\n.\n/\n", JET_BUILDER_BUILDKIT);
	const struct jet_verdict v = ask(s.m, JET_ORDER_BUILDER, "");

	cr_expect(v.answer == JET_KEPT && !v.rule && !v.emptied);
	drop(s);
}

Test(matcher, paths_that_are_not_plain_are_refused)
{
	static const char *const paths[] = { "/", "/a", "a/", "a//b", ".", "..", "a/./b", "../a" };
	struct subject s = subject_of("a", JET_BUILDER_BUILDKIT);
	struct jet_verdict v = { JET_FAILED, true, NULL };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		cr_expect_eq(jet_matcher_path(s.m, JET_ORDER_ORP, paths[i], strlen(paths[i]), &v), JET_E_PATH,
		             "%s", paths[i]);
	cr_expect(v.answer == JET_FAILED && v.emptied, "a verdict was filled in");
	drop(s);
}

Test(matcher, no_rules_keep_everything)
{
	struct subject s = subject_of("", JET_BUILDER_BUILDKIT);
	struct jet_verdict v;

	cr_expect_eq(ask(s.m, JET_ORDER_BUILDER, "a/b").answer, JET_KEPT);
	cr_assert_eq(jet_matcher_push(s.m, "a", 1), 0);
	cr_assert_eq(jet_matcher_ask(s.m, "b", 1, &v), 0);
	cr_expect_eq(v.answer, JET_KEPT);
	cr_expect_not(jet_matcher_dead(s.m));
	drop(s);
	jet_matcher_close(NULL);
}

/* ---- trees -------------------------------------------------------------- */

static const char *const lists[] = {
	"a", "*", "**", "a/b\n!a", "a\n!a/b\na", "*\n!a\na/b\n!a", "*\n!a/b\n*", "**/*.log\n!a", "**/b",
	"*\n!**/x.log", "a*/**/b", "*\n!a/*/**", "*\n!a/b/a", "b\n!**/a\nb/a", "?\n!a b", "a|b*", "[a-b]",
	"*\n!b/**", "**/a/**\n!**/b", "a\\wb\n!a.b", "\xC3*\n!a", "zz\n![b-a]", "b\n![b-a]",
	"*/b\n!*/b/a\n*/b",
	"a/**\n!a/b\n!x.log", "*.log\n!x.log\nb/x.log", "a{1,2}*\n!\\ba\\b", "\xFF*\n!b", "*\n!*\n*\n!b/*",
};
static const char *const names[] = { "a", "b", "x.log", "a b", "\xC3\xA9" };

struct twins {
	struct jet_matcher *tree, *paths;
	const char *rules;
	size_t dead, seen;
};

/* Goes through a made-up tree; below @dead nothing may be kept. */
static void compare(struct twins *t, const char *dir, unsigned depth, bool dead)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct jet_verdict got, want;
		char path[64];

		strcpy(path, dir);
		strcat(path, names[i]);
		want = ask(t->paths, JET_ORDER_BUILDER, path);
		cr_assert_eq(jet_matcher_ask(t->tree, names[i], strlen(names[i]), &got), 0);
		cr_assert(got.answer == want.answer && got.rule == want.rule && got.emptied == want.emptied,
		          "%s: %s is %d in a tree, %d as a path", t->rules, path, got.answer, want.answer);
		cr_assert(!dead || want.answer == JET_IGNORED, "%s: %s is below a dead directory", t->rules,
		          path);
		t->seen++;
		if (depth == 1)
			continue;
		cr_assert_eq(jet_matcher_push(t->tree, names[i], strlen(names[i])), 0);
		t->dead += jet_matcher_dead(t->tree);
		strcat(path, "/");
		compare(t, path, depth - 1, dead || jet_matcher_dead(t->tree));
		jet_matcher_pop(t->tree);
	}
}

/* Every list in every dialect, with caches of @limit bytes for the tree. */
static void compare_all(size_t limit, unsigned depth)
{
	size_t dead = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (enum jet_builder b = JET_BUILDER_BUILDKIT; b <= JET_BUILDER_BUILDAH; b++) {
			struct subject s = subject_of(lists[i], b);
			struct twins t = { .paths = s.m, .rules = lists[i] };

			cr_assert_eq(jet_matcher_open(s.rs, &t.tree), 0);
			if (limit)
				jet_matcher_set_limit(t.tree, limit);
			compare(&t, "", depth, false);
			cr_expect_eq(t.seen, depth == 4 ? 5 + 25 + 125 + 625 : 5 + 25 + 125);
			dead += t.dead;
			jet_matcher_close(t.tree);
			drop(s);
		}
	}
	/* With tiny caches a directory's rules may be forgotten: false promises nothing. */
	cr_expect(limit || dead > 0, "nothing was ever dead");
}

Test(matcher, a_tree_gives_the_verdicts_of_its_paths)
{
	compare_all(0, 4);
}

Test(matcher, tiny_caches_give_the_same_verdicts)
{
	compare_all(1, 3);
	compare_all(2000, 3);
}

Test(matcher, asking_for_a_path_does_not_disturb_the_directories)
{
	struct subject s = subject_of("*\n!a/b", JET_BUILDER_BUILDKIT);
	struct jet_verdict v;

	cr_assert_eq(jet_matcher_push(s.m, "a", 1), 0);
	cr_expect_eq(ask(s.m, JET_ORDER_BUILDER, "q/r/s").answer, JET_IGNORED);
	cr_assert_eq(jet_matcher_ask(s.m, "b", 1, &v), 0);
	cr_expect_eq(v.answer, JET_KEPT);
	jet_matcher_pop(s.m);
	cr_assert_eq(jet_matcher_ask(s.m, "b", 1, &v), 0);
	cr_expect_eq(v.answer, JET_IGNORED);
	drop(s);
}

Test(matcher, dead_is_said_where_nothing_can_come_back)
{
	static const struct {
		const char *rules, *dir;
		bool dead;
	} rows[] = {
		{ "*", "a", true },
		{ "a\n!b", "a", true },
		{ "*\n!a/b", "c", true },
		{ "a\n!c.txt", "a", true },
		{ "*\n!a/b", "a", false },
		{ "*\n!**/x", "a", false },
		{ "*\n!*/x", "a", false },
		{ "a", "b", false },
		{ "*\n!a", "a", false },
		{ "a/*", "a", false },          /* kept itself */
		{ "a\n!\\ba/x\\b", "a", false },/* not in the trie */
		{ "a\n![b-a]", "a", false },    /* fails below */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct subject s = subject_of(rows[i].rules, JET_BUILDER_BUILDKIT);

		cr_assert_eq(jet_matcher_push(s.m, rows[i].dir, strlen(rows[i].dir)), 0);
		cr_expect_eq(jet_matcher_dead(s.m), rows[i].dead, "row %zu", i);
		drop(s);
	}
}
