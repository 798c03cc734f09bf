/* SPDX-License-Identifier: Apache-2.0 */
#include "base/remove.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(remove, .init = scratch_enter, .fini = scratch_leave);

Test(remove, all_of_a_tree_goes)
{
	scratch_tree("t/a/b/c t/a/d/ t/e t/p| t/s@ t/l>a t/m>/ keep/f t/k>../keep");
	cr_expect_eq(jet_remove_tree("t"), 0);
	cr_expect_eq(access("t", F_OK), -1);
	cr_expect_eq(access("keep/f", F_OK), 0, "links are not followed");
	cr_expect_eq(jet_remove_tree("t"), 0, "what is not there is gone");
}

Test(remove, many_names_and_many_levels)
{
	int here;
	char name[32];

	cr_assert_eq(mkdir("t", 0755), 0);
	for (int i = 0; i < 3000; i++) {
		sprintf(name, "t/%d", i);
		if (i % 3 == 0)
			scratch_tree(name);
		else
			cr_assert_eq(mkdir(name, 0755), 0);
		sprintf(name, "t/%d/x", i);
		if (i % 3 == 1)
			scratch_tree(name);
	}
	cr_assert_eq(chdir("t"), 0);
	here = 0;
	for (; here < 2000; here++) {
		cr_assert_eq(mkdir("d", 0755), 0);
		cr_assert_eq(chdir("d"), 0);
	}
	while (here--)
		cr_assert_eq(chdir(".."), 0);
	cr_assert_eq(chdir(".."), 0);
	cr_expect_eq(jet_remove_tree("t"), 0);
	cr_expect_eq(access("t", F_OK), -1);
}

static void remove_as_nobody(struct jet_buf *out, void *arg)
{
	(void)arg;
	/* Directories that forbid writing are no obstacle to their owner. */
	if (mkdir("mine", 0755) == 0 && mkdir("mine/a", 0755) == 0 && mkdir("mine/a/b", 0755) == 0 &&
	    chmod("mine/a", 0500) == 0 && chmod("mine", 0500) == 0)
		jet_buf_printf(out, "%d ", jet_remove_tree("mine"));
	jet_buf_printf(out, "%d", access("mine", F_OK));
}

Test(remove, directories_that_forbid_writing_go_too)
{
	char *text;

	cr_assert_eq(chmod(".", 0777), 0);
	text = scratch_as_nobody(remove_as_nobody, NULL);
	cr_expect_str_eq(text, "0 -1", "%s", text);
	free(text);
}

Test(remove, a_link_or_a_file_is_no_tree)
{
	scratch_tree("d/f f l>d");
	cr_expect_lt(jet_remove_tree("l"), 0);
	cr_expect_lt(jet_remove_tree("f"), 0);
	cr_expect_eq(access("d/f", F_OK), 0);
	cr_expect_eq(access("f", F_OK), 0);
}
