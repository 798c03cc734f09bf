/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(survey, .init = scratch_enter, .fini = scratch_leave);

struct row {
	enum jet_builder builder;
	const char *rules, *want;
};

static void check(const struct row *rows, size_t n, const char *dockerfile)
{
	for (size_t i = 0; i < n; i++) {
		struct walk_case c = {
			.rules = rows[i].rules, .builder = rows[i].builder, .flags = JET_WALK_IGNORED,
			.dockerfile = dockerfile, .ignore_file = dockerfile ? ".dockerignore" : NULL,
		};
		char *got = walk_list(&c);

		cr_expect_str_eq(got, rows[i].want, "row %zu gives %s", i, got);
		free(got);
	}
}

Test(survey, everything_comes_with_what_becomes_of_it)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "", "d a;d a/x;f a/x/y;f a/z;f b;" },
		{ JET_BUILDER_BUILDKIT, "*", "d- a;d- a/x;f- a/x/y;f- a/z;f- b;" },
		{ JET_BUILDER_BUILDKIT, "a/x", "d a;d- a/x;f- a/x/y;f a/z;f b;" },
		{ JET_BUILDER_BUILDKIT, "*\n!a/z", "di a;d- a/x;f- a/x/y;f a/z;f- b;" },
		{ JET_BUILDER_BUILDKIT, "a\n!a/z\na", "di a;d- a/x;f- a/x/y;fe a/z;f b;" },
		/* kept by the rules, but in a directory that is never read */
		{ JET_BUILDER_BUILDKIT, "*\n!a/*/**", "d- a;d- a/x;fp a/x/y;f- a/z;f- b;" },
		{ JET_BUILDER_CLASSIC, "a\n!**/y", "d- a;d- a/x;fp a/x/y;f- a/z;f b;" },
		{ JET_BUILDER_CLASSIC, "a\n!**/x", "d- a;dp a/x;fp a/x/y;f- a/z;f b;" },
		/* not in the archive, and yet not ignored with all below it */
		{ JET_BUILDER_CLASSIC, "*\n!a/z", "d- a;d- a/x;f- a/x/y;f a/z;f- b;" },
		{ JET_BUILDER_BUILDAH, "*\n!a/z", "d- a;d- a/x;f- a/x/y;f a/z;f- b;" },
	};

	scratch_tree("a/x/y a/z b");
	check(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

Test(survey, dropped_sockets_are_left_out)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "", "fe s;" },
		{ JET_BUILDER_CLASSIC, "", "s- s;" },
		{ JET_BUILDER_BUILDAH, "", "s- s;" },
	};

	scratch_tree("s@");
	check(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

Test(survey, the_classic_daemon_removes_what_it_has_read)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "*", "f- .dockerignore;f- Dockerfile;f- a;" },
		{ JET_BUILDER_CLASSIC, "*", "f- .dockerignore;f- Dockerfile;f- a;" },
		{ JET_BUILDER_CLASSIC, "Dockerfile", "f .dockerignore;f- Dockerfile;f a;" },
		{ JET_BUILDER_CLASSIC, "a", "f .dockerignore;f Dockerfile;f- a;" },
		{ JET_BUILDER_CLASSIC_20_10, ".dockerignore", "f- .dockerignore;f Dockerfile;f a;" },
		{ JET_BUILDER_BUILDAH, "*", "f- .dockerignore;f- Dockerfile;f- a;" },
	};

	/* Kept by the order of the walk, but not by the one the daemon asks with. */
	static const struct row kept = {
		JET_BUILDER_CLASSIC, "*\n!a/b\n*", "f- .dockerignore;f- Dockerfile;d- a;fr a/b;",
	};

	scratch_tree(".dockerignore Dockerfile a");
	check(rows, sizeof(rows) / sizeof(rows[0]), "Dockerfile");
	cr_assert_eq(unlink("a"), 0);
	scratch_tree("a/b");
	check(&kept, 1, "a/b");
}

Test(survey, a_rule_that_cannot_be_asked_ends_it)
{
	static const struct row rows[] = {
		{ JET_BUILDER_BUILDKIT, "b\n![b-a]", "f a;stop -4 .dockerignore:2;" },
		{ JET_BUILDER_BUILDKIT, "zz\n![b-a]", "f a;f b;" },
	};

	scratch_tree("a b");
	check(rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

Test(survey, content_of_what_ships_and_what_does_not_can_be_read)
{
	static const char *const paths[] = { "a", "b", "c" };
	struct jet_ruleset *rs;
	struct jet_walk *walk;

	scratch_tree("a=in-a b=in-b c=in-c");
	walk = walk_open("b", JET_WALK_IGNORED | JET_WALK_STAT, &rs);
	for (size_t i = 0; i < 3; i++) {
		char text[8] = "";
		uint64_t offset;
		int fd;

		walk_to(walk, paths[i]);
		cr_assert_eq(jet_walk_read(walk, &fd, &offset, NULL), 0, "%s", paths[i]);
		cr_expect_eq(read(fd, text, sizeof(text)), 4);
		cr_expect_str_eq(text + 3, paths[i]);
		close(fd);
	}
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(survey, counts_all_that_is_left_out)
{
	struct jet_walk_counts n;
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_tree("a/b/c a/d=12 e=345");
	walk = walk_open("a/b", JET_WALK_IGNORED | JET_WALK_STAT, &rs);
	while (jet_walk_next(walk, &e, NULL) == 1)
		;
	n = jet_walk_counts(walk);
	cr_expect(n.files == 2 && n.dirs == 1 && n.bytes == 5);
	cr_expect_eq(n.ignored, 2); /* a/b and a/b/c, which a plain walk never sees */
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(survey, of_one_path_is_that_part_of_the_whole)
{
	struct walk_case c = { .rules = "a/b", .flags = JET_WALK_IGNORED, .only = "a/b" };
	char *got;

	scratch_tree("a/b/c a/d e");
	got = walk_list(&c);
	cr_expect_str_eq(got, "d a;d- a/b;f- a/b/c;", "%s", got);
	free(got);
}
