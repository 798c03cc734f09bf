/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>

TestSuite(rescue, .init = scratch_enter, .fini = scratch_leave);

/* Spec (g): sent against the rules, read by the daemon, removed again. */
Test(rescue, what_is_left_of_the_dockerfile_and_the_ignore_file)
{
	static const struct {
		enum jet_builder builder;
		const char *rules, *dockerfile, *ignore_file, *want;
	} rows[] = {
		/* nothing is left of files that are removed */
		{ JET_BUILDER_CLASSIC, "*", "Dockerfile", ".dockerignore", "" },
		{ JET_BUILDER_CLASSIC, "", "Dockerfile", ".dockerignore",
		  "f .dockerignore;f Dockerfile;d sub;f sub/D;f sub/x;" },
		{ JET_BUILDER_CLASSIC, "sub", "Dockerfile", ".dockerignore",
		  "f .dockerignore;f Dockerfile;" },
		/* sub is opened for its sake, but keeps nothing else */
		{ JET_BUILDER_CLASSIC, "sub", "sub/D", ".dockerignore", "f .dockerignore;f Dockerfile;" },
		{ JET_BUILDER_CLASSIC, "D*\n.d*", "Dockerfile", ".dockerignore", "d sub;f sub/D;f sub/x;" },
		{ JET_BUILDER_CLASSIC_20_10, "*", "Dockerfile", ".dockerignore", "" },
		/* a Dockerfile elsewhere is none of the context's files */
		{ JET_BUILDER_CLASSIC, "*", NULL, NULL, "" },
		{ JET_BUILDER_CLASSIC, "sub", NULL, ".dockerignore", "f .dockerignore;f Dockerfile;" },
		/* the others send what the rules keep */
		{ JET_BUILDER_BUILDKIT, "Dockerfile\nsub", "Dockerfile", ".dockerignore",
		  "f .dockerignore;" },
		{ JET_BUILDER_BUILDAH, "Dockerfile\nsub", "Dockerfile", ".dockerignore", "f .dockerignore;" },
	};

	scratch_tree(".dockerignore Dockerfile sub/D sub/x");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct walk_case c = {
			.builder = rows[i].builder, .rules = rows[i].rules,
			.dockerfile = rows[i].dockerfile, .ignore_file = rows[i].ignore_file,
		};
		char *got = walk_list(&c);

		cr_expect_str_eq(got, rows[i].want, "row %zu gives %s", i, got);
		free(got);
	}
}

Test(rescue, rules_that_were_appended_have_no_line_and_live_as_long_as_the_walk)
{
	/* For OLD the file is ignored, so "!a/x/b/c" is appended; for ORP it is not,
	 * so the daemon leaves it; WALK keeps it only for what was appended. */
	static const char rules[] = "a/x/b/c\n!**/b";
	struct jet_walk_options options = { .dockerfile = "a/x/b/c" };
	struct jet_ruleset *rs;
	struct jet_walk *walk;
	const struct jet_entry *e;

	scratch_tree("a/x/b/c");
	cr_assert_eq(jet_ruleset_parse(rules, sizeof(rules) - 1, NULL, JET_BUILDER_CLASSIC, &rs, NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_walk_open(".", &options, &walk, NULL), 0);
	e = walk_to(walk, "a/x/b/c");
	cr_assert(e->rule);
	cr_expect_eq(e->rule->line, 0);
	cr_expect(e->rule->negated);
	cr_expect_eq(e->rule->index, 2);
	jet_walk_close(walk);
	jet_ruleset_free(rs);
}

Test(rescue, a_path_that_is_not_plain_is_refused)
{
	struct walk_case c = { .builder = JET_BUILDER_CLASSIC, .rules = "*", .dockerfile = "../D" };
	char *got = walk_list(&c);

	cr_expect_str_eq(got, "stop -6 ;", "%s", got);
	free(got);
}
