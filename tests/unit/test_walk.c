/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "context/focus.h"
#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(walk, .init = scratch_enter, .fini = scratch_leave);

static void expect(const struct walk_case *c, const char *want, const char *row)
{
	char *got = walk_list(c);

	cr_expect_str_eq(got, want, "%s gives %s", row, got);
	free(got);
}

/* ---- which entries, and in which order ---------------------------------- */

Test(walk, entries_come_component_by_component)
{
	scratch_tree("b a/b/c a/b.c a-b a.b a/a A \xC3\xA9 z/ \xFF");
	scratch_file("a b", "", 0);
	scratch_file("\x01", "", 0);
	expect(&(struct walk_case){ .rules = NULL },
	       "f \x01;f A;d a;f a/a;d a/b;f a/b/c;f a/b.c;f a b;f a-b;f a.b;f b;d z;f \xC3\xA9;f \xFF;",
	       "all");
}

Test(walk, what_ships_is_what_the_builder_keeps)
{
	static const struct {
		enum jet_builder builder;
		const char *rules, *want;
	} rows[] = {
		{ JET_BUILDER_BUILDKIT, "", "d a;d a/x;f a/x/y;f a/z;f b;d e;" },
		{ JET_BUILDER_BUILDKIT, "*", "" },
		{ JET_BUILDER_BUILDKIT, "a", "f b;d e;" },
		{ JET_BUILDER_BUILDKIT, "**/y", "d a;d a/x;f a/z;f b;d e;" },
		/* ignored directories with something kept below */
		{ JET_BUILDER_BUILDKIT, "*\n!a/x/y", "di a;di a/x;f a/x/y;" },
		{ JET_BUILDER_BUILDKIT, "*\n!a/x", "di a;d a/x;f a/x/y;" },
		{ JET_BUILDER_BUILDKIT, "*\n!a/z", "di a;f a/z;" },
		{ JET_BUILDER_BUILDKIT, "a\n!**/y", "di a;di a/x;f a/x/y;f b;d e;" },
		{ JET_BUILDER_BUILDKIT, "*\n!none/at/all", "" },
		/* the classic client leaves them to be made when unpacking */
		{ JET_BUILDER_CLASSIC, "*\n!a/x/y", "f a/x/y;" },
		{ JET_BUILDER_CLASSIC_20_10, "*\n!a/z", "f a/z;" },
		{ JET_BUILDER_BUILDAH, "*\n!a/z", "f a/z;" },
		/* the trap of WALK, both ways */
		{ JET_BUILDER_BUILDKIT, "a/z\n!a", "d a;d a/x;f a/x/y;f b;d e;" },
		{ JET_BUILDER_BUILDKIT, "b\na\n!a/z\na", "di a;fe a/z;d e;" },
		{ JET_BUILDER_CLASSIC, "b\na\n!a/z\na", "f a/z;d e;" },
		{ JET_BUILDER_CLASSIC_20_10, "b\na\n!a/z\na", "d e;" },
		{ JET_BUILDER_BUILDAH, "b\na\n!a/z\na", "d e;" },
		/* pruned although a rule keeps what is below */
		{ JET_BUILDER_BUILDKIT, "*\n!a/*/**", "" },
		{ JET_BUILDER_BUILDKIT, "*\n!a/*/*", "di a;di a/x;f a/x/y;" },
		{ JET_BUILDER_CLASSIC, "a\n!**/y", "f b;d e;" },
		{ JET_BUILDER_BUILDAH, "a\n!**/y", "f b;d e;" },
		/* a rule that does not compile, asked or not */
		{ JET_BUILDER_BUILDKIT, "zz\n![b-a]", "d a;d a/x;f a/x/y;f a/z;f b;d e;" },
		{ JET_BUILDER_BUILDKIT, "b\n![b-a]", "d a;d a/x;f a/x/y;f a/z;stop -4 .dockerignore:2;" },
		{ JET_BUILDER_CLASSIC_20_10, "zz\n![b-a]", "stop -4 .dockerignore:2;" },
	};

	scratch_tree("a/x/y a/z b e/");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(&(struct walk_case){ .rules = rows[i].rules, .builder = rows[i].builder },
		       rows[i].want,
		       rows[i].rules);
}

Test(walk, without_rules_the_tree_is_as_it_is)
{
	scratch_tree("a/b .git/c");
	expect(&(struct walk_case){ .rules = "*", .flags = JET_WALK_EVERYTHING },
	       "d .git;f .git/c;d a;f a/b;", "everything");
	expect(&(struct walk_case){ .rules = NULL, .builder = JET_BUILDER_CLASSIC },
	       "d .git;f .git/c;d a;f a/b;", "no ruleset");
}

Test(walk, links_are_entries_and_never_followed)
{
	scratch_tree("d/f l>d dangling>none up>../.. abs>/etc loop>loop");
	expect(&(struct walk_case){ .flags = JET_WALK_STAT, .rules = "l/f" },
	       "l abs -> /etc;d d;f d/f 1;l dangling -> none;l l -> d;l loop -> loop;l up -> ../..;",
	       "links");
}

Test(walk, only_goes_to_one_path)
{
	static const struct {
		const char *only, *rules, *want;
	} rows[] = {
		{ "a/b", NULL, "d a;d a/b;f a/b/c;f a/b/d;" },
		{ "a/b/c", NULL, "d a;d a/b;f a/b/c;" },
		{ "a", NULL, "d a;d a/b;f a/b/c;f a/b/d;f a/e;" },
		{ "f", NULL, "f f;" },
		{ "none", NULL, "" },
		{ "a/none/x", NULL, "d a;" },
		{ "f/x", NULL, "f f;" },
		{ "l/b", NULL, "l l;" },
		{ "", NULL, "d a;d a/b;f a/b/c;f a/b/d;f a/e;f f;l l;" },
		/* what leads there does not ship for its own sake */
		{ "a/b/c", "*\n!a/b/c", "di a;di a/b;f a/b/c;" },
		{ "a/b/d", "*\n!a/b/c", "" },
		{ "a/b", "a/b", "d a;" },
		{ "/a", NULL, "stop -6 /a;" },
		{ "a/../f", NULL, "stop -6 a/../f;" },
	};

	scratch_tree("a/b/c a/b/d a/e f l>a");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(&(struct walk_case){ .only = rows[i].only, .rules = rows[i].rules }, rows[i].want,
		       rows[i].only);
}

Test(walk, can_be_asked_about_one_path_after_the_other)
{
	static const struct {
		const char *path, *last; /* last: of the entries, NULL: none comes */
	} rows[] = {
		{ "a/b/c", "a/b/c" }, { "f", "f" }, { "a/b/d", NULL }, { "a/b/c", "a/b/c" }, { "none", NULL },
		{ "a", "a/b/c" },
	};
	struct jet_ruleset *rs;
	struct jet_walk *walk;

	scratch_tree("a/b/c a/b/d f");
	walk = walk_open("*\n!a/b/c\n!f", 0, &rs);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct jet_entry *e;
		char last[16] = "";

		cr_assert_eq(jet_walk_focus(walk, rows[i].path, NULL), 0);
		while (jet_walk_next(walk, &e, NULL) == 1)
			snprintf(last, sizeof(last), "%s", e->path);
		cr_expect_str_eq(last, rows[i].last ? rows[i].last : "", "%s gives %s", rows[i].path, last);
	}
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(walk, a_root_that_cannot_be_opened_is_an_error)
{
	scratch_tree("f");
	expect(&(struct walk_case){ .root = "none" }, "stop -2 none;", "missing");
	expect(&(struct walk_case){ .root = "f" }, "stop -2 f;", "file");
}

Test(walk, the_root_may_be_named_through_a_link)
{
	scratch_tree("d/f l>d");
	expect(&(struct walk_case){ .root = "l" }, "f f;", "link");
}

/* ---- counts ------------------------------------------------------------- */

Test(walk, counts_what_it_saw)
{
	static const struct {
		const char *rules;
		uint32_t flags;
		struct jet_walk_counts want; /* files, dirs, bytes, ignored, pruned_dirs */
	} rows[] = {
		{ "", JET_WALK_STAT, { 4, 3, 10, 0, 0 } },
		{ "", 0, { 4, 3, 0, 0, 0 } },
		{ "*", JET_WALK_STAT, { 0, 0, 0, 4, 2 } },
		{ "n", JET_WALK_STAT, { 3, 2, 7, 1, 1 } },
		{ "*\n!a/b/c", JET_WALK_STAT, { 1, 2, 5, 3, 1 } },
		{ "a\n!**/none", JET_WALK_STAT, { 3, 1, 5, 3, 0 } },
		{ "a\n!a/b/c\na", JET_WALK_STAT, { 4, 3, 5, 0, 0 } }, /* emptied: 0 bytes */
	};

	/* 5 + 3 + 2 bytes; the link has none */
	scratch_tree("a/b/c=12345 n/o=123 f=12 l>f");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_ruleset *rs;
		struct jet_walk *walk = walk_open(rows[i].rules, rows[i].flags, &rs);
		const struct jet_entry *e;
		struct jet_walk_counts got;

		while (jet_walk_next(walk, &e, NULL) == 1)
			;
		got = jet_walk_counts(walk);
		cr_expect(memcmp(&got, &rows[i].want, sizeof(got)) == 0,
		          "row %zu: %llu files, %llu dirs, %llu bytes, %llu ignored, %llu pruned", i,
		          (unsigned long long)got.files, (unsigned long long)got.dirs,
		          (unsigned long long)got.bytes, (unsigned long long)got.ignored,
		          (unsigned long long)got.pruned_dirs);
		jet_walk_close(walk);
		jet_ruleset_free(rs);
	}
}

/* ---- big, and changing -------------------------------------------------- */

Test(walk, three_thousand_levels_are_no_trouble)
{
	enum { LEVELS = 3000 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	size_t dirs = 0, files = 0;
	char home[256];
	int rc;

	cr_assert(getcwd(home, sizeof(home)));
	for (int i = 0; i < LEVELS; i++)
		cr_assert(mkdir("dd", 0755) == 0 && chdir("dd") == 0);
	scratch_file("f", "deep", 4);
	cr_assert_eq(chdir(home), 0);
	walk = walk_open("zz\n!**/zz", JET_WALK_STAT, &rs);
	while ((rc = jet_walk_next(walk, &e, NULL)) == 1) {
		dirs += e->type == JET_TYPE_DIR;
		if (e->type != JET_TYPE_FILE)
			continue;
		files++;
		cr_expect_eq(e->depth, LEVELS + 1);
		cr_expect_eq(e->path_len, 3 * LEVELS + 1);
		cr_expect_eq(e->name_off, 3 * LEVELS);
		cr_expect_eq(e->size, 4);
	}
	cr_expect_eq(rc, 0);
	cr_expect_eq(dirs, LEVELS);
	cr_expect_eq(files, 1);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(walk, a_directory_that_becomes_a_link_is_not_followed)
{
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_tree("ctx/a ctx/d/f outside/secret");
	cr_assert_eq(chdir("ctx"), 0);
	walk = walk_open(NULL, 0, &rs);
	walk_to(walk, "a");
	cr_assert(unlink("d/f") == 0 && rmdir("d") == 0 && symlink("../outside", "d") == 0);
	cr_expect_eq(jet_walk_next(walk, &e, &err), JET_E_CHANGED);
	cr_expect_null(e);
	cr_expect_str_eq(err.file, "d");
	/* It is over then. */
	cr_expect_eq(jet_walk_next(walk, &e, &err), 0);
	jet_walk_close(walk);
}

Test(walk, a_directory_that_has_gone_is_an_entry_with_an_error)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_tree("a d/ z");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	walk_to(walk, "a");
	cr_assert_eq(rmdir("d"), 0);
	e = walk_to(walk, "d");
	cr_expect_eq(e->type, JET_TYPE_DIR);
	cr_expect_eq(e->error, ENOENT);
	cr_expect_not(e->flags & JET_ENTRY_STATED);
	walk_to(walk, "z");
	jet_walk_close(walk);
}

Test(walk, a_file_that_has_gone_is_an_entry_with_an_error)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;

	scratch_tree("a f z");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	walk_to(walk, "a");
	cr_assert_eq(unlink("f"), 0);
	cr_expect_eq(walk_to(walk, "f")->error, ENOENT);
	cr_expect_eq(walk_to(walk, "z")->error, 0);
	jet_walk_close(walk);
}

Test(walk, a_file_that_becomes_a_directory_ends_the_walk)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_tree("a f");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	walk_to(walk, "a");
	cr_assert(unlink("f") == 0 && mkdir("f", 0755) == 0);
	cr_expect_eq(jet_walk_next(walk, &e, NULL), JET_E_CHANGED);
	jet_walk_close(walk);
}

Test(walk, a_directory_moved_while_deep_below_ends_the_walk)
{
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	char home[256];
	int rc;

	cr_assert(getcwd(home, sizeof(home)));
	scratch_tree("elsewhere/");
	cr_assert(mkdir("ctx", 0755) == 0 && chdir("ctx") == 0);
	for (int i = 0; i < 100; i++)
		cr_assert(mkdir("d", 0755) == 0 && chdir("d") == 0);
	scratch_file("f", "", 0);
	cr_assert(chdir(home) == 0 && chdir("ctx") == 0);
	walk = walk_open(NULL, 0, &rs);
	do {
		cr_assert_eq(jet_walk_next(walk, &e, NULL), 1);
	} while (e->type != JET_TYPE_FILE);
	cr_assert_eq(rename("d/d/d", "../elsewhere/d"), 0);
	while ((rc = jet_walk_next(walk, &e, &err)) == 1)
		;
	cr_expect_eq(rc, JET_E_CHANGED);
	jet_walk_close(walk);
}

Test(walk, closing_in_the_middle_leaves_no_descriptor)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	int before = dup(0), after;

	cr_assert(before >= 0);
	close(before);
	scratch_tree("a/b/c/d");
	walk = walk_open(NULL, 0, &rs);
	walk_to(walk, "a/b/c");
	jet_walk_close(walk);
	jet_walk_close(NULL);
	after = dup(0);
	cr_expect_eq(after, before);
	close(after);
}
