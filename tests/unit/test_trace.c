/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher.h"

#include <criterion/criterion.h>
#include <string.h>

/* Flips as "rule:matched_len" each. */
static char *trace_of(const char *rules, enum jet_builder builder, enum jet_order order,
                      const char *path)
{
	struct jet_trace trace[8];
	struct jet_buf out = { 0 };
	struct jet_ruleset *rs;
	struct jet_matcher *m;
	size_t n;

	cr_assert_eq(jet_ruleset_parse(rules, strlen(rules), NULL, builder, &rs, NULL), 0);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	cr_assert_eq(jet_matcher_trace(m, order, path, strlen(path), trace, 8, &n), 0);
	cr_assert(n <= 8);
	for (size_t i = 0; i < n; i++)
		cr_assert_eq(jet_buf_printf(&out, "%s%u:%zu", i ? " " : "", trace[i].rule->index,
		                            trace[i].matched_len),
		             0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	jet_matcher_close(m);
	jet_ruleset_free(rs);
	return out.data;
}

Test(trace, every_flip_says_how_much_of_the_path_it_matched)
{
	static const struct {
		const char *rules;
		enum jet_builder builder;
		enum jet_order order;
		const char *path, *want;
	} rows[] = {
		{ "x", JET_BUILDER_BUILDKIT, JET_ORDER_BUILDER, "a/b", "" },
		{ "a", JET_BUILDER_BUILDKIT, JET_ORDER_BUILDER, "a", "0:1" },
		{ "a", JET_BUILDER_BUILDKIT, JET_ORDER_BUILDER, "a/b/c", "0:1" },
		{ "a\n!a/b", JET_BUILDER_BUILDKIT, JET_ORDER_BUILDER, "a/b/c", "0:1 1:3" },
		{ "a\n!a/b", JET_BUILDER_BUILDKIT, JET_ORDER_ORP, "a/b/c", "0:1 1:3" },
		{ "a\n!a/b\na/b/c", JET_BUILDER_BUILDKIT, JET_ORDER_ORP, "a/b/c", "0:1 1:3 2:5" },
		/* a second rule of the same sign flips nothing */
		{ "a\n*\n!a", JET_BUILDER_BUILDKIT, JET_ORDER_ORP, "a", "0:1 2:1" },
		/* the path is tried before what it inherits, but not by WALK */
		{ "**/x", JET_BUILDER_BUILDKIT, JET_ORDER_ORP, "x/x", "0:3" },
		{ "**/x", JET_BUILDER_BUILDKIT, JET_ORDER_WALK, "x/x", "0:1" },
		/* the trap of WALK: "!a" is not asked at "a" */
		{ "a/b\n!a", JET_BUILDER_BUILDKIT, JET_ORDER_ORP, "a/b", "0:3 1:1" },
		{ "a/b\n!a", JET_BUILDER_BUILDKIT, JET_ORDER_WALK, "a/b", "0:3" },
		{ "a\n!a/b\na", JET_BUILDER_BUILDKIT, JET_ORDER_WALK, "a/b", "0:1 1:3" },
		{ "**/b", JET_BUILDER_BUILDKIT, JET_ORDER_OLD, "a/b/c", "0:3" },
		{ "**/b", JET_BUILDER_BUILDKIT, JET_ORDER_OLD, "a/x/b/c", "" },
		/* rules of buildah cover the subtree by themselves */
		{ "a", JET_BUILDER_BUILDAH, JET_ORDER_BUILDER, "a/b", "0:3" },
		/* the one that fails is the last */
		{ "zz\n![b-a]", JET_BUILDER_BUILDKIT, JET_ORDER_WALK, "zz", "0:2 1:2" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = trace_of(rows[i].rules, rows[i].builder, rows[i].order, rows[i].path);

		cr_expect_str_eq(got, rows[i].want, "row %zu gives %s", i, got);
		jet_buf_clear(&(struct jet_buf){ got, 0, 1 });
	}
}

Test(trace, ends_with_the_deciding_rule)
{
	static const char *const rules = "*\n!a\n!b/**\nb/c\n!**/x\n";
	static const char *const paths[] = { "a", "a/b", "b", "b/c", "b/c/x", "b/d", "q", "q/x", "x" };
	struct jet_ruleset *rs;
	struct jet_matcher *m;

	cr_assert_eq(jet_ruleset_parse(rules, strlen(rules), NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	for (enum jet_order order = JET_ORDER_BUILDER; order <= JET_ORDER_SELF; order++) {
		for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
			const size_t len = strlen(paths[i]);
			struct jet_trace trace[8];
			struct jet_verdict v;
			size_t n;

			cr_assert_eq(jet_matcher_path(m, order, paths[i], len, &v), 0);
			cr_assert_eq(jet_matcher_trace(m, order, paths[i], len, trace, 8, &n), 0);
			cr_expect(n ? trace[n - 1].rule == v.rule : !v.rule, "order %d: %s", order, paths[i]);
		}
	}
	jet_matcher_close(m);
	jet_ruleset_free(rs);
}

Test(trace, counts_flips_there_was_no_room_for)
{
	struct jet_trace trace[2] = { { NULL, 99 }, { NULL, 99 } };
	struct jet_ruleset *rs;
	struct jet_matcher *m;
	size_t n = 0;

	cr_assert_eq(jet_ruleset_parse("a\n!a\na\n", 7, NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	cr_assert_eq(jet_matcher_trace(m, JET_ORDER_ORP, "a", 1, trace, 1, &n), 0);
	cr_expect_eq(n, 3);
	cr_expect_eq(trace[0].matched_len, 1);
	cr_expect(!trace[1].rule && trace[1].matched_len == 99, "written behind the end");
	cr_expect_eq(jet_matcher_trace(m, JET_ORDER_ORP, "a", 1, NULL, 0, &n), 0);
	cr_expect_eq(n, 3);
	cr_expect_eq(jet_matcher_trace(m, JET_ORDER_ORP, "", 0, trace, 1, &n), 0);
	cr_expect_eq(n, 0);
	cr_expect_eq(jet_matcher_trace(m, JET_ORDER_ORP, "/a", 2, trace, 1, &n), JET_E_PATH);
	jet_matcher_close(m);
	jet_ruleset_free(rs);
}
