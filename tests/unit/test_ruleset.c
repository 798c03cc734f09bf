/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_ruleset *parse(const char *file, enum jet_builder builder)
{
	struct jet_ruleset *rs;
	struct jet_error err = { 0 };

	cr_assert_eq(jet_ruleset_parse(file, strlen(file), NULL, builder, &rs, &err), 0, "\"%s\": %s",
	             file, err.message);
	return rs;
}

/* "line:[!]pattern" of every rule, each with a "|" behind it. */
static char *rules_of(const struct jet_ruleset *rs)
{
	struct jet_buf out = { 0 };

	for (size_t i = 0; i < jet_ruleset_count(rs); i++) {
		const struct jet_rule *r = jet_ruleset_rule(rs, i);

		cr_assert_eq(r->index, i);
		cr_assert_eq(jet_buf_printf(&out, "%u:%s", r->line, r->negated ? "!" : ""), 0);
		cr_assert(jet_buf_append(&out, r->pattern, r->pattern_len) == 0 &&
		          jet_buf_byte(&out, '|') == 0);
	}
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

struct row {
	const char *file, *rules;
};

static void check(enum jet_builder builder, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jet_ruleset *rs = parse(rows[i].file, builder);
		char *got = rules_of(rs);

		cr_expect_str_eq(got, rows[i].rules, "%s: \"%s\" gives %s", jet_builder_name(builder),
		                 rows[i].file, got);
		free(got);
		jet_ruleset_free(rs);
	}
}

#define BOM "\xEF\xBB\xBF"

Test(ruleset, rules_are_cleaned_once_more_with_their_bang)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "# only\n\n", "" },
		{ "a\n\n!b\n", "1:a|3:!b|" },
		{ "/!a\n./!a\nx/../!a\n", "1:!a|2:!a|3:!a|" },
		{ "/ a\n!/ a\n", "1:a|2:! a|" },
		{ "!!a\n! !a\n!/!a\n\\!a\n", "1:!!a|2:!!a|3:!!a|4:\\!a|" },
		{ "!../../a\n!../..\n", "1:a|2:.|" },
		{ ".\n/\n!.\n..\n../a\n/../a\n", "1:.|2:/|3:!.|4:..|5:../a|6:a|" },
		{ "a/\n/a/b/\n", "1:a|2:a/b|" },
	};

	check(JET_BUILDER_BUILDKIT, rows, sizeof(rows) / sizeof(rows[0]));
	check(JET_BUILDER_CLASSIC, rows, sizeof(rows) / sizeof(rows[0]));
	check(JET_BUILDER_CLASSIC_20_10, rows, sizeof(rows) / sizeof(rows[0]));
}

Test(ruleset, buildah_cleans_behind_the_bang_and_does_not_trim_there)
{
	static const struct row rows[] = {
		{ "! a\n!/a\n!./a/\n", "1:! a|2:!a|3:!a|" },
		{ " a\r\n \n", "1:a|" },
		{ BOM "!a\n" BOM "#b\n", "1:" BOM "!a|2:" BOM "#b|" },
		{ "/../a\n../a\n", "1:../a|2:../a|" },
	};

	check(JET_BUILDER_BUILDAH, rows, sizeof(rows) / sizeof(rows[0]));
}

Test(ruleset, a_list_that_is_refused_says_where)
{
	static const struct {
		const char *file;
		enum jet_builder builder;
		uint32_t line, column;
	} rows[] = {
		{ "!", JET_BUILDER_BUILDKIT, 1, 1 },
		{ "a\n! \n", JET_BUILDER_BUILDKIT, 2, 1 },
		{ "!/\n", JET_BUILDER_CLASSIC, 1, 1 },
		{ "!///\n", JET_BUILDER_CLASSIC_20_10, 1, 1 },
		{ "!/..\n", JET_BUILDER_BUILDKIT, 1, 1 },
		{ "/!\n", JET_BUILDER_BUILDKIT, 1, 1 },
		{ "!\n", JET_BUILDER_BUILDAH, 1, 1 },
		{ "#\n\n  \t[a\n", JET_BUILDER_BUILDKIT, 3, 4 },
		{ BOM " []a]\n", JET_BUILDER_BUILDKIT, 1, 5 },
		{ "a\n!**/[a\n[b\n", JET_BUILDER_CLASSIC, 2, 1 },
		{ "a\\\n", JET_BUILDER_BUILDAH, 1, 1 },
		{ "a\\/\n", JET_BUILDER_BUILDKIT, 1, 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_ruleset *rs = (struct jet_ruleset *)1;
		struct jet_error err = { 0 };
		int rc = jet_ruleset_parse(rows[i].file, strlen(rows[i].file), "ctx/.dockerignore",
		                           rows[i].builder, &rs, &err);

		cr_expect_eq(rc, JET_E_SYNTAX, "row %zu: %d", i, rc);
		cr_expect_null(rs);
		cr_expect_eq(err.code, JET_E_SYNTAX, "row %zu", i);
		cr_expect_str_eq(err.file, "ctx/.dockerignore");
		cr_expect(err.line == rows[i].line && err.column == rows[i].column, "row %zu: %u:%u", i,
		          err.line, err.column);
		cr_expect(err.message[0]);
		cr_expect_eq(jet_ruleset_parse(rows[i].file, strlen(rows[i].file), NULL, rows[i].builder,
		                               &rs, NULL),
		             JET_E_SYNTAX);
	}
}

Test(ruleset, a_line_too_long_counts_before_a_bad_pattern)
{
	char *file = malloc(70000);
	struct jet_ruleset *rs;
	struct jet_error err;

	cr_assert(file);
	memset(file, 'a', 70000);
	memcpy(file, "[a\n", 3);
	cr_expect_eq(jet_ruleset_parse(file, 70000, NULL, JET_BUILDER_CLASSIC, &rs, &err), JET_E_SYNTAX);
	cr_expect_eq(err.line, 2);
	free(file);
}

Test(ruleset, a_rule_keeps_the_line_as_it_was_written)
{
	struct jet_ruleset *rs = parse("\n  ! //b/./c \t\r\n", JET_BUILDER_BUILDKIT);
	const struct jet_rule *r = jet_ruleset_rule(rs, 0);

	cr_assert_eq(jet_ruleset_count(rs), 1);
	cr_expect(r->text_len == 9 && memcmp(r->text, "! //b/./c", 9) == 0, "\"%.*s\"",
	          (int)r->text_len, r->text);
	cr_expect(r->pattern_len == 3 && memcmp(r->pattern, "b/c", 3) == 0);
	cr_expect(r->negated);
	cr_expect_eq(r->line, 2);
	cr_expect_null(r->fault);
	jet_ruleset_free(rs);
}

Test(ruleset, knows_its_name_and_builder)
{
	struct jet_ruleset *rs = parse("a\n", JET_BUILDER_BUILDAH);

	cr_expect_str_eq(jet_ruleset_name(rs), ".dockerignore");
	cr_expect_eq(jet_ruleset_builder(rs), JET_BUILDER_BUILDAH);
	jet_ruleset_free(rs);
	cr_assert_eq(jet_ruleset_parse("", 0, "x/y", JET_BUILDER_CLASSIC, &rs, NULL), 0);
	cr_expect_str_eq(jet_ruleset_name(rs), "x/y");
	cr_expect_eq(jet_ruleset_count(rs), 0);
	jet_ruleset_free(rs);
	jet_ruleset_free(NULL);
}

Test(ruleset, the_file_may_go_away_after_parsing)
{
	char file[] = "abc\n!def\n";
	struct jet_ruleset *rs = parse(file, JET_BUILDER_BUILDKIT);
	char *got;

	memset(file, 'z', sizeof(file));
	got = rules_of(rs);
	cr_expect_str_eq(got, "1:abc|2:!def|");
	cr_expect(memcmp(jet_ruleset_rule(rs, 1)->text, "!def", 4) == 0);
	free(got);
	jet_ruleset_free(rs);
}

Test(ruleset, what_fails_only_when_asked_is_a_fault_of_the_rule)
{
	/* Spec (b): accepted when the list is read. */
	struct jet_ruleset *rs = parse("a\nx*[a\n![b-a]\nx*\\d\n", JET_BUILDER_BUILDKIT);

	cr_assert_eq(jet_ruleset_count(rs), 4);
	cr_expect_null(jet_ruleset_rule(rs, 0)->fault);
	cr_expect_not_null(jet_ruleset_rule(rs, 1)->fault);
	cr_expect_not_null(jet_ruleset_rule(rs, 2)->fault);
	cr_expect_null(jet_ruleset_rule(rs, 3)->fault);
	jet_ruleset_free(rs);
}

Test(ruleset, what_travels_as_json_has_no_invalid_utf8)
{
	static const struct row sent[] = {
		{ "q\xFF\n\xC3\n\xE2\x82z\n", "1:q\xEF\xBF\xBD|2:\xEF\xBF\xBD|3:\xEF\xBF\xBD\xEF\xBF\xBDz|" },
		{ "\xC3\xA9\n", "1:\xC3\xA9|" },
	};
	static const struct row raw[] = { { "q\xFF\n\xC3\n", "1:q\xFF|2:\xC3|" } };

	check(JET_BUILDER_BUILDKIT, sent, 2);
	check(JET_BUILDER_CLASSIC, raw, 1);
	check(JET_BUILDER_CLASSIC_20_10, raw, 1);
	check(JET_BUILDER_BUILDAH, sent, 2); /* to its child process */
}

/* ---- more rules behind the old ------------------------------------------ */

Test(ruleset, extended_rules_stand_behind_the_old_ones)
{
	static const struct jet_str lines[] = { { "!sub/D", 6 }, { "!.dockerignore", 14 } };
	struct jet_ruleset *old = parse("a\n*\n", JET_BUILDER_CLASSIC), *rs;
	struct jet_matcher *m;
	struct jet_verdict v;
	char *got;

	cr_assert_eq(jet_ruleset_extend(old, lines, 2, &rs, NULL), 0);
	got = rules_of(rs);
	cr_expect_str_eq(got, "1:a|2:*|0:!sub/D|0:!.dockerignore|");
	free(got);
	cr_expect_str_eq(jet_ruleset_name(rs), ".dockerignore");
	cr_expect_eq(jet_ruleset_builder(rs), JET_BUILDER_CLASSIC);
	cr_assert_eq(jet_matcher_open(rs, &m), 0);
	cr_assert_eq(jet_matcher_path(m, JET_ORDER_BUILDER, "sub/D", 5, &v), 0);
	cr_expect(v.answer == JET_KEPT && v.rule == jet_ruleset_rule(rs, 2));
	jet_matcher_close(m);
	jet_ruleset_free(rs);
	/* The old one is what it was. */
	cr_expect_eq(jet_ruleset_count(old), 2);
	jet_ruleset_free(old);
}

Test(ruleset, lines_to_extend_with_are_not_read_as_a_file)
{
	/* "#x" is no comment here, and "a\nb" is one rule. */
	static const struct jet_str lines[] = { { "#x", 2 }, { "a\nb", 3 } };
	struct jet_ruleset *old = parse("", JET_BUILDER_CLASSIC), *rs;

	cr_assert_eq(jet_ruleset_extend(old, lines, 2, &rs, NULL), 0);
	cr_assert_eq(jet_ruleset_count(rs), 2);
	cr_expect(memcmp(jet_ruleset_rule(rs, 0)->pattern, "#x", 2) == 0);
	cr_expect(jet_ruleset_rule(rs, 1)->pattern_len == 3);
	jet_ruleset_free(rs);
	jet_ruleset_free(old);
}

Test(ruleset, a_bad_line_cannot_extend)
{
	static const struct jet_str bad = { "!a[", 3 };
	struct jet_ruleset *old = parse("a\n", JET_BUILDER_CLASSIC), *rs;
	struct jet_error err;

	cr_expect_eq(jet_ruleset_extend(old, &bad, 1, &rs, &err), JET_E_SYNTAX);
	cr_expect_null(rs);
	jet_ruleset_free(old);
}
