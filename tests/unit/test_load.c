/* SPDX-License-Identifier: Apache-2.0 */
#include "jettison.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(load, .init = scratch_enter, .fini = scratch_leave);

Test(load, rules_come_from_the_file_and_errors_name_it)
{
	struct jet_ruleset *rs;
	struct jet_error err = { 0 };

	scratch_file("good", "a\n!b\n", 5);
	scratch_file("bad", "a\n[\n", 4);
	cr_assert_eq(jet_ruleset_load("good", JET_BUILDER_BUILDKIT, &rs, &err), 0);
	cr_expect_eq(jet_ruleset_count(rs), 2);
	cr_expect_str_eq(jet_ruleset_name(rs), "good");
	jet_ruleset_free(rs);
	cr_expect_eq(jet_ruleset_load("bad", JET_BUILDER_BUILDKIT, &rs, &err), JET_E_SYNTAX);
	cr_expect_null(rs);
	cr_expect_str_eq(err.file, "bad");
	cr_expect_eq(err.line, 2);
}

Test(load, a_builder_that_is_none_is_refused)
{
	struct jet_ruleset *rs;
	struct jet_error err = { 0 };

	scratch_file("good", "a\n", 2);
	cr_expect_eq(jet_ruleset_load("good", (enum jet_builder)99, &rs, &err), JET_E_ARG);
	cr_expect_null(rs);
	cr_expect_eq(jet_ruleset_parse("a\n", 2, NULL, (enum jet_builder)4, &rs, &err), JET_E_ARG);
	cr_expect_null(rs);
}

Test(load, an_empty_file_is_no_rules)
{
	struct jet_ruleset *rs;

	scratch_file("empty", "", 0);
	cr_assert_eq(jet_ruleset_load("empty", JET_BUILDER_CLASSIC, &rs, NULL), 0);
	cr_expect_eq(jet_ruleset_count(rs), 0);
	jet_ruleset_free(rs);
}

Test(load, a_file_of_many_blocks_is_read_whole)
{
	enum { N = 50000 };
	struct jet_buf file = { 0 };
	struct jet_ruleset *rs;

	for (int i = 0; i < N; i++)
		cr_assert_eq(jet_buf_printf(&file, "%d\n", i), 0);
	scratch_file("big", file.data, file.len);
	cr_assert_eq(jet_ruleset_load("big", JET_BUILDER_CLASSIC, &rs, NULL), 0);
	cr_assert_eq(jet_ruleset_count(rs), N);
	cr_expect(memcmp(jet_ruleset_rule(rs, N - 1)->pattern, "49999", 5) == 0);
	jet_ruleset_free(rs);
	jet_buf_clear(&file);
}

Test(load, what_is_no_file_is_refused_without_waiting)
{
	static const struct {
		const char *path;
		int error;
	} rows[] = {
		{ "missing", ENOENT }, { "d", EISDIR }, { "p", 0 }, { "/dev/zero", 0 },
	};

	scratch_tree("d/ p|");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_ruleset *rs;
		struct jet_error err = { 0 };

		cr_expect_eq(jet_ruleset_load(rows[i].path, JET_BUILDER_BUILDKIT, &rs, &err), JET_E_IO, "%s",
		             rows[i].path);
		cr_expect_null(rs);
		cr_expect_eq(err.sys_errno, rows[i].error, "%s: %d", rows[i].path, err.sys_errno);
		cr_expect_str_eq(err.file, rows[i].path);
	}
}

Test(load, no_rules_at_all_may_be_a_device)
{
	struct jet_ruleset *rs;

	cr_assert_eq(jet_ruleset_load("/dev/null", JET_BUILDER_CLASSIC, &rs, NULL), 0);
	cr_expect_eq(jet_ruleset_count(rs), 0);
	jet_ruleset_free(rs);
}

Test(load, more_than_64_mib_are_refused)
{
	struct jet_ruleset *rs;
	struct jet_error err;

	scratch_file("huge", "", 0);
	cr_assert_eq(truncate("huge", (64 << 20) + 1), 0); /* a hole: takes no space */
	cr_expect_eq(jet_ruleset_load("huge", JET_BUILDER_CLASSIC, &rs, &err), JET_E_IO);
	cr_expect_str_eq(err.file, "huge");
}

static void load_shut(struct jet_buf *out, void *arg)
{
	for (enum jet_builder b = JET_BUILDER_BUILDKIT; b <= JET_BUILDER_BUILDAH; b++) {
		struct jet_ruleset *rs;
		struct jet_error err = { 0 };
		int rc = jet_ruleset_load(arg, b, &rs, &err);

		jet_buf_printf(out, "%d %d|", rc, rc ? err.sys_errno : (int)jet_ruleset_count(rs));
		jet_ruleset_free(rs);
	}
}

Test(load, an_unreadable_file_counts_as_empty_only_for_buildkit)
{
	char want[80], name[] = "shut";
	char *got;

	scratch_file("shut", "a\n", 2);
	cr_assert_eq(chmod("shut", 0), 0);
	got = scratch_as_nobody(load_shut, name);
	snprintf(want, sizeof(want), "0 0|%d %d|%d %d|%d %d|", JET_E_IO, EACCES, JET_E_IO, EACCES,
	         JET_E_IO, EACCES);
	cr_expect_str_eq(got, want, "%s", got);
	free(got);
}
