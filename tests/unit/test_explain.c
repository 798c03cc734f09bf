/* SPDX-License-Identifier: Apache-2.0 */
#include "report/explain.h"

#include "unit/scratch.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

TestSuite(explain, .init = scratch_enter, .fini = scratch_leave);

static const char *const fates[] = { "ships", "left-out", "missing", "not-needed" };
static const char *const reasons[] = { "rule", "implied", "emptied", "pruned", "removed", "socket",
                                       "unreadable" };

/* "FATE REASON RULE[ PRUNED-DIRECTORY@ITS-RULE] FLIPS", or "error CODE". */
static void put(struct jet_buf *out, struct jet_explainer *ex, const char *path)
{
	struct jet_explanation x;
	struct jet_error err = { 0 };
	int rc = jet_explain(ex, path, &x, &err);

	if (rc < 0) {
		jet_buf_printf(out, "error %d %s:%u", rc, err.file, err.line);
		return;
	}
	jet_buf_printf(out, "%s %s ", fates[x.fate], reasons[x.reason]);
	jet_buf_printf(out, x.verdict.rule ? "%u" : "-", x.verdict.rule ? x.verdict.rule->index : 0);
	if (x.pruned_len)
		jet_buf_printf(out, " %.*s@%u", (int)x.pruned_len, path, x.pruned_rule->index);
	jet_buf_printf(out, " %zu", x.ntrace);
}

struct question {
	enum jet_builder builder;
	const char *rules, *path;
};

static void explain(struct jet_buf *out, void *arg)
{
	const struct question *q = arg;
	struct jet_walk_options options = {
		.builder = q->builder, .dockerfile = "Dockerfile", .ignore_file = ".dockerignore",
	};
	struct jet_ruleset *rs = NULL;
	struct jet_explainer *ex;
	struct jet_error err = { 0 };

	if (q->rules && jet_ruleset_parse(q->rules, strlen(q->rules), NULL, q->builder, &rs, &err) < 0)
		jet_buf_text(out, "not parsed");
	options.rs = rs;
	if (jet_explainer_open(".", &options, &ex, &err) == 0)
		put(out, ex, q->path);
	else
		jet_buf_printf(out, "not opened %d", err.code);
	jet_explainer_close(ex);
	jet_ruleset_free(rs);
}

static void expect(const struct question *q, const char *want)
{
	struct question copy = *q;
	struct jet_buf got = { 0 };

	explain(&got, &copy);
	cr_assert_eq(jet_buf_terminate(&got), 0);
	cr_expect_str_eq(got.data, want, "%s with %s gives %s", q->path, q->rules, got.data);
	jet_buf_clear(&got);
}

Test(explain, a_path_has_a_fate_and_a_reason)
{
	static const struct {
		struct question q;
		const char *want;
	} rows[] = {
		{ { JET_BUILDER_BUILDKIT, "x", "a/z" }, "ships rule - 0" },
		{ { JET_BUILDER_BUILDKIT, NULL, "a/z" }, "ships rule - 0" },
		{ { JET_BUILDER_BUILDKIT, "*", "a/z" }, "left-out rule 0 1" },
		{ { JET_BUILDER_BUILDKIT, "*\n!a/z", "a/z" }, "ships rule 1 2" },
		{ { JET_BUILDER_BUILDKIT, "*\n!a/z", "a/x/y" }, "left-out rule 0 1" },
		{ { JET_BUILDER_BUILDKIT, "*", "" }, "ships rule - 0" },
		/* missing: what the rules would say is told all the same */
		{ { JET_BUILDER_BUILDKIT, "*", "none" }, "missing rule 0 1" },
		{ { JET_BUILDER_BUILDKIT, "", "a/none/at/all" }, "missing rule - 0" },
		{ { JET_BUILDER_BUILDKIT, "", "b/below-a-file" }, "missing rule - 0" },
		{ { JET_BUILDER_BUILDKIT, "", "l/z" }, "missing rule - 0" },
		/* implied and emptied */
		{ { JET_BUILDER_BUILDKIT, "*\n!a/z", "a" }, "ships implied 0 1" },
		{ { JET_BUILDER_CLASSIC, "*\n!a/z", "a" }, "left-out rule 0 1" },
		{ { JET_BUILDER_BUILDKIT, "a\n!a/z\na", "a/z" }, "ships emptied 1 2" },
		{ { JET_BUILDER_CLASSIC, "a\n!a/z\na", "a/z" }, "ships rule 1 2" },
		/* kept by the rules, never reached by the builder */
		{ { JET_BUILDER_BUILDKIT, "*\n!a/*/**", "a/x/y" }, "left-out pruned 1 a/x@0 2" },
		{ { JET_BUILDER_CLASSIC, "a\n!**/y", "a/x/y" }, "left-out pruned 1 a@0 2" },
		{ { JET_BUILDER_BUILDKIT, "a\n!**/y", "a/x/y" }, "ships rule 1 2" },
		/* what the classic daemon removes */
		{ { JET_BUILDER_CLASSIC, "*", "Dockerfile" }, "left-out rule 0 1" },
		{ { JET_BUILDER_CLASSIC, "*", ".dockerignore" }, "left-out rule 0 1" },
		{ { JET_BUILDER_CLASSIC, "a", "Dockerfile" }, "ships rule - 0" },
		{ { JET_BUILDER_BUILDKIT, "*", "Dockerfile" }, "left-out rule 0 1" },
		/* sockets */
		{ { JET_BUILDER_BUILDKIT, "", "s" }, "ships emptied - 0" },
		{ { JET_BUILDER_CLASSIC, "", "s" }, "left-out socket - 0" },
		{ { JET_BUILDER_BUILDAH, "s", "s" }, "left-out rule 0 1" },
		/* a rule that does not compile */
		{ { JET_BUILDER_BUILDKIT, "b\n![b-a]", "b" }, "error -4 .dockerignore:2" },
		{ { JET_BUILDER_BUILDKIT, "b\n![b-a]", "a/z" }, "ships rule - 0" },
		/* paths that are none */
		{ { JET_BUILDER_BUILDKIT, "", "/a" }, "error -6 /a:0" },
		{ { JET_BUILDER_BUILDKIT, "", "a/../b" }, "error -6 a/../b:0" },
	};

	scratch_tree("a/x/y a/z b Dockerfile .dockerignore l>a s@");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(&rows[i].q, rows[i].want);
}

Test(explain, one_path_after_the_other_is_the_same_as_each_alone)
{
	static const char *const paths[] = { "a/z", "none", "a/x/y", "b", "a", "", "a/z", "a/x", "b" };
	struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT };
	struct jet_ruleset *rs;
	struct jet_explainer *ex;
	static const char rules[] = "*\n!a/z\n!b";

	scratch_tree("a/x/y a/z b");
	cr_assert_eq(jet_ruleset_parse(rules, sizeof(rules) - 1, NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_explainer_open(".", &options, &ex, NULL), 0);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct question alone = { JET_BUILDER_BUILDKIT, rules, paths[i] };
		struct jet_buf got = { 0 }, want = { 0 };

		put(&got, ex, paths[i]);
		explain(&want, &alone);
		cr_expect(got.len == want.len && memcmp(got.data, want.data, got.len) == 0,
		          "%s: %.*s, but alone %.*s", paths[i], (int)got.len, got.data, (int)want.len,
		          want.data);
		jet_buf_clear(&got);
		jet_buf_clear(&want);
	}
	jet_explainer_close(ex);
	jet_explainer_close(NULL);
	jet_ruleset_free(rs);
}

Test(explain, the_trace_ends_with_the_deciding_rule)
{
	static const char rules[] = "*\n!a\na/x\n!a/x/y";
	struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT };
	struct jet_explanation x;
	struct jet_ruleset *rs;
	struct jet_explainer *ex;

	scratch_tree("a/x/y");
	cr_assert_eq(jet_ruleset_parse(rules, sizeof(rules) - 1, NULL, JET_BUILDER_BUILDKIT, &rs, NULL), 0);
	options.rs = rs;
	cr_assert_eq(jet_explainer_open(".", &options, &ex, NULL), 0);
	cr_assert_eq(jet_explain(ex, "a/x/y", &x, NULL), 0);
	cr_assert_eq(x.ntrace, 4);
	for (uint32_t i = 0; i < 4; i++)
		cr_expect_eq(x.trace[i].rule->index, i);
	cr_expect(x.trace[0].matched_len == 1 && x.trace[2].matched_len == 3 && x.trace[3].matched_len == 5);
	jet_explainer_close(ex);
	jet_ruleset_free(rs);
}

Test(explain, a_context_that_is_not_there_cannot_be_opened)
{
	struct jet_walk_options options = { .builder = JET_BUILDER_BUILDKIT };
	struct jet_explainer *ex = (struct jet_explainer *)1;
	struct jet_error err = { 0 };

	cr_expect_eq(jet_explainer_open("none", &options, &ex, &err), JET_E_IO);
	cr_expect_null(ex);
	cr_expect_str_eq(err.file, "none");
}

Test(explain, behind_a_directory_that_may_not_be_searched_only_the_rules_are_known)
{
	struct question pruned = { JET_BUILDER_BUILDKIT, "d", "d/f" };
	struct question kept = { JET_BUILDER_BUILDKIT, "", "d/f" };
	struct question file = { JET_BUILDER_BUILDKIT, "", "f" };
	char *got;

	scratch_tree("d/f f");
	cr_assert(chmod("d", 0) == 0 && chmod("f", 0) == 0);
	/* What BuildKit makes of a file it cannot read. */
	got = scratch_as_nobody(explain, &file);
	cr_expect_str_eq(got, "ships unreadable - 0", "%s", got);
	free(got);
	got = scratch_as_nobody(explain, &pruned);
	cr_expect_str_eq(got, "left-out rule 0 1", "%s", got);
	free(got);
	/* The builder would stop there. */
	got = scratch_as_nobody(explain, &kept);
	cr_expect_str_eq(got, "error -10 d:0", "%s", got);
	free(got);
}
