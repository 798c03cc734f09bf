/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"
#include "unit/walk_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>

TestSuite(precheck, .init = scratch_enter, .fini = scratch_leave);

/* Spec (e): the classic client looks at the whole tree first, asking ORP about
 * each path and never looking into an ignored directory. */
Test(precheck, the_classic_client_does_not_start_where_it_could_not_read)
{
	static const struct {
		const char *shut;
		mode_t mode;
		const char *rules, *want;
	} rows[] = {
		{ "a/b/f", 0, "", "stop -10 a/b/f;" },
		{ "a/b/f", 0, "a", "f z;" },
		{ "a/b/f", 0, "a/b/f", "d a;d a/b;f z;" },
		{ "a/b", 0, "", "stop -10 a/b;" },
		{ "a/b", 0, "a/b", "stop -10 a/b;" }, /* read before it is judged */
		{ "a/b", 0, "a", "f z;" },            /* never reached */
		{ "a", 0, "a", "stop -10 a;" },
		{ "a", 0644, "a", "stop -10 a;" },    /* names, but nothing behind them */
		/* negated rules do not count: what they keep is not looked at before */
		{ "a/b/f", 0, "a\n!a/b/f", "f z;" },
		{ "a/b", 0, "a\n!a/b/f", "f z;" },
	};

	scratch_tree("a/b/f z");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct walk_case c = { .rules = rows[i].rules, .builder = JET_BUILDER_CLASSIC };
		struct stat st;
		char *got;

		cr_assert_eq(stat(rows[i].shut, &st), 0);
		cr_assert_eq(chmod(rows[i].shut, rows[i].mode), 0);
		got = scratch_as_nobody(walk_text, &c);
		cr_expect_str_eq(got, rows[i].want, "row %zu gives %s", i, got);
		free(got);
		cr_assert_eq(chmod(rows[i].shut, st.st_mode & 07777), 0);
	}
}

Test(precheck, links_and_fifos_are_not_tried)
{
	struct walk_case c = { .rules = "", .builder = JET_BUILDER_CLASSIC };
	char *got;

	scratch_tree("shut/ l>none p|");
	cr_assert(chmod("p", 0) == 0);
	got = scratch_as_nobody(walk_text, &c);
	cr_expect_str_eq(got, "l l;p p;d shut;", "%s", got);
	free(got);
}

Test(precheck, a_deep_tree_is_gone_through_to_its_end)
{
	struct walk_case c = { .rules = "", .builder = JET_BUILDER_CLASSIC };
	char path[600] = "", *got;

	for (int i = 0; i < 150; i++) {
		path[2 * i] = 'd';
		path[2 * i + 1] = '/';
	}
	path[300] = 'f';
	scratch_tree(path);
	scratch_tree("z");
	cr_assert_eq(chmod("z", 0), 0);
	/* The file comes last, behind all levels that had to be left again. */
	got = scratch_as_nobody(walk_text, &c);
	cr_expect_str_eq(got, "stop -10 z;", "%s", got);
	free(got);
}
