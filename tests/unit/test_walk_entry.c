/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(walk_entry, .init = scratch_enter, .fini = scratch_leave);

static void expect(const struct walk_case *c, const char *want)
{
	char *got = walk_list(c);

	cr_expect_str_eq(got, want, "%s gives %s", jet_builder_name(c->builder), got);
	free(got);
}

Test(walk_entry, says_where_it_is_and_what_it_is)
{
	const struct timespec times[2] = { { 1, 0 }, { -5, 250 } };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;
	struct stat st;

	scratch_tree("a/b/f=hello");
	cr_assert_eq(chmod("a/b/f", 02755), 0);
	cr_assert_eq(chmod("a", 01777), 0);
	cr_assert_eq(utimensat(AT_FDCWD, "a/b/f", times, 0), 0);
	cr_assert_eq(stat("a/b/f", &st), 0);
	walk = walk_open("zz\n!a/b", JET_WALK_STAT, &rs);
	e = walk_to(walk, "a");
	cr_expect(e->depth == 1 && e->name_off == 0 && e->path_len == 1 && !e->rule);
	cr_expect_eq(e->mode, 01777);
	cr_expect_eq(e->size, 0);
	e = walk_to(walk, "a/b/f");
	cr_expect(e->depth == 3 && e->name_off == 4 && e->path_len == 5);
	cr_expect_eq(e->flags, JET_ENTRY_STATED);
	cr_expect_eq(e->mode, 02755);
	cr_expect(e->mtime_sec == -5 && e->mtime_nsec == 250);
	cr_expect_eq(e->size, 5);
	cr_expect(e->dev == (uint64_t)st.st_dev && e->ino == (uint64_t)st.st_ino && e->nlink == 1);
	cr_expect(!e->target && !e->hardlink && !e->error);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(walk_entry, without_stat_nothing_is_claimed)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;

	scratch_tree("a/f=hello");
	walk = walk_open(NULL, 0, &rs);
	cr_expect_eq(walk_to(walk, "a")->flags, 0);
	cr_expect_eq(walk_to(walk, "a/f")->flags, 0);
	jet_walk_close(walk);
}

Test(walk_entry, knows_its_deciding_rule)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;

	scratch_tree("a/b c");
	walk = walk_open("*\n!c\n!a/b", 0, &rs);
	cr_expect(walk_to(walk, "a")->rule == jet_ruleset_rule(rs, 0)); /* ignored, but needed */
	cr_expect(walk_to(walk, "a/b")->rule == jet_ruleset_rule(rs, 2));
	cr_expect(walk_to(walk, "c")->rule == jet_ruleset_rule(rs, 1));
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(walk_entry, emptied_files_have_no_size)
{
	scratch_tree("a/b=12345 a/l>b");
	expect(&(struct walk_case){ .rules = "a\n!a/b\n!a/l\na", .flags = JET_WALK_STAT },
	       "di a;fe a/b 0;l a/l -> b;");
	expect(&(struct walk_case){ .rules = "a\n!a/b\na" }, "di a;fe a/b;");
}

Test(walk_entry, sockets_are_what_the_builder_makes_of_them)
{
	scratch_tree("p| s@");
	for (uint32_t flags = 0; flags < 2; flags++) {
		expect(&(struct walk_case){ .rules = "", .flags = flags },
		       flags ? "p p;fe s 0;" : "p p;fe s;");
		for (enum jet_builder b = JET_BUILDER_CLASSIC; b <= JET_BUILDER_BUILDAH; b++)
			expect(&(struct walk_case){ .rules = "", .builder = b, .flags = flags }, "p p;");
	}
	expect(&(struct walk_case){ .flags = JET_WALK_EVERYTHING }, "p p;s s;");
}

/* ---- several names of one file ------------------------------------------ */

Test(walk_entry, the_first_kept_name_has_the_data)
{
	static const struct {
		const char *rules, *want;
	} rows[] = {
		{ "", "f a 5;d d;f d/b 5 = a;f z 5 = a;f zz 5;" },
		{ "a", "d d;f d/b 5;f z 5 = d/b;f zz 5;" },
		{ "a\nd", "f z 5;f zz 5;" },
		{ "a\nd\nz", "f zz 5;" },
	};

	scratch_tree("a=12345 d/b:a z:a zz=12345");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(&(struct walk_case){ .rules = rows[i].rules, .flags = JET_WALK_HARDLINKS },
		       rows[i].want);
	expect(&(struct walk_case){ .rules = "", .flags = JET_WALK_STAT }, "f a 5;d d;f d/b 5;f z 5;f zz 5;");
}

Test(walk_entry, a_second_name_has_what_the_first_one_has)
{
	/* a/b is emptied, z would not be: as a link it has no data either. */
	scratch_tree("a/b=12345 z:a/b");
	expect(&(struct walk_case){ .rules = "a\n!a/b\na", .flags = JET_WALK_HARDLINKS },
	       "di a;fe a/b 0;fe z 0 = a/b;");
	/* And the other way round. */
	scratch_tree("0:a/b");
	expect(&(struct walk_case){ .rules = "a\n!a/b\na", .flags = JET_WALK_HARDLINKS },
	       "f 0 5;di a;f a/b 5 = 0;f z 5 = 0;");
}

Test(walk_entry, second_names_of_links_and_fifos_are_entries_of_their_own)
{
	scratch_tree("l>x p|");
	cr_assert_eq(linkat(AT_FDCWD, "l", AT_FDCWD, "l2", 0), 0);
	cr_assert_eq(linkat(AT_FDCWD, "p", AT_FDCWD, "p2", 0), 0);
	expect(&(struct walk_case){ .flags = JET_WALK_HARDLINKS }, "l l -> x;l l2 -> x;p p;p p2;");
}

/* ---- a user whom permissions stop --------------------------------------- */

struct shut {
	const char *name, *rules;
	mode_t mode;
	const char *want[4]; /* per builder: buildkit, classic, 20.10, buildah */
};

/* -10: the builder would stop.  13: EACCES. */
static const struct shut shut[] = {
	{ "f", "", 0, { "d d;f d/x 1;fe f 0 !13;f z 1;", "stop -10 f;", "stop -10 f;", NULL } },
	{ "f", "f", 0, { "d d;f d/x 1;f z 1;", "d d;f d/x 1;f z 1;", "d d;f d/x 1;f z 1;",
	                 "d d;f d/x 1;f z 1;" } },
	{ "d", "", 0, { "stop -10 d;", "stop -10 d;", "stop -10 d;", "stop -10 d;" } },
	/* ignored and pruned: BuildKit never looks, the classic client has to */
	{ "d", "d", 0, { "f f 1;f z 1;", "stop -10 d;", "stop -10 d;", "f f 1;f z 1;" } },
	/* ignored, but to be looked into */
	{ "d", "d\n!**/q", 0, { "stop -10 d;", "stop -10 d;", "stop -10 d;", "f f 1;f z 1;" } },
	{ "d", "d\n!d/q", 0, { "stop -10 d;", "stop -10 d;", "stop -10 d;", "stop -10 d;" } },
	/* readable, but not to be searched */
	{ "d", "", 0644, { "stop -10 d;", "stop -10 d;", "stop -10 d;", "stop -10 d;" } },
	{ "d", "d/x", 0644, { "stop -10 d;", "stop -10 d;", "stop -10 d;", "stop -10 d;" } },
};

Test(walk_entry, what_cannot_be_read_is_what_the_builder_makes_of_it)
{
	scratch_tree("d/x f z");
	for (size_t i = 0; i < sizeof(shut) / sizeof(shut[0]); i++) {
		cr_assert_eq(chmod(shut[i].name, shut[i].mode), 0);
		for (enum jet_builder b = JET_BUILDER_BUILDKIT; b <= JET_BUILDER_BUILDAH; b++) {
			struct walk_case c = { .rules = shut[i].rules, .builder = b, .flags = JET_WALK_STAT };
			char *got = scratch_as_nobody(walk_text, &c);
			const char *want = shut[i].want[b];

			if (want)
				cr_expect_str_eq(got, want, "%s, row %zu gives %s", jet_builder_name(b),
				                 i, got);
			else /* what came before the file that stops it */
				cr_expect_str_eq(got, "d d;f d/x 1;stop -10 f;", "%s", got);
			free(got);
		}
		cr_assert_eq(chmod(shut[i].name, 0755), 0);
	}
}

Test(walk_entry, with_all_of_the_tree_what_cannot_be_read_is_an_entry)
{
	struct walk_case c = { .flags = JET_WALK_EVERYTHING };
	char *got;

	scratch_tree("d/x f");
	cr_assert(chmod("d", 0) == 0 && chmod("f", 0) == 0);
	got = scratch_as_nobody(walk_text, &c);
	cr_expect_str_eq(got, "d d !13;f f;", "%s", got);
	free(got);
}

/* ---- contents ----------------------------------------------------------- */

Test(walk_entry, content_is_opened_without_following)
{
	struct jet_error err = { 0 };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	char text[8] = "";
	uint64_t offset = 7;
	int fd;

	scratch_tree("a/f=hello d/ l>a/f");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	walk_to(walk, "a/f");
	cr_assert_eq(jet_walk_read(walk, &fd, &offset, &err), 0);
	cr_expect_eq(offset, 0);
	cr_expect_eq(read(fd, text, sizeof(text)), 5);
	cr_expect_str_eq(text, "hello");
	close(fd);
	walk_to(walk, "d");
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, &err), JET_E_ARG);
	walk_to(walk, "l");
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, &err), JET_E_ARG);
	jet_walk_close(walk);
}

Test(walk_entry, another_file_in_its_place_is_not_opened)
{
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	uint64_t offset;
	int fd = -7;

	scratch_tree("f=hello g=world");
	walk = walk_open(NULL, JET_WALK_STAT, &rs);
	walk_to(walk, "f");
	cr_assert_eq(rename("g", "f"), 0);
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, NULL), JET_E_CHANGED);
	cr_assert(unlink("f") == 0 && symlink("/etc/passwd", "f") == 0);
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, NULL), JET_E_CHANGED);
	cr_assert(unlink("f") == 0 && mkfifo("f", 0644) == 0);
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, NULL), JET_E_CHANGED);
	cr_assert_eq(unlink("f"), 0);
	cr_expect_eq(jet_walk_read(walk, &fd, &offset, NULL), JET_E_IO);
	cr_expect_eq(fd, -7);
	jet_walk_close(walk);
}
