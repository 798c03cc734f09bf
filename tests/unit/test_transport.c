/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static int parse(const void *file, size_t len, enum jet_builder builder, struct jet_error *err)
{
	struct jet_ruleset *rs;
	int rc;

	memset(err, 0, sizeof(*err));
	rc = jet_ruleset_parse(file, len, "f", builder, &rs, err);
	jet_ruleset_free(rs);
	return rc;
}

/* Spec (h), note 2. */
Test(transport, control_bytes_fail_unless_some_rule_is_not_ascii)
{
	static const struct {
		const char *file;
		size_t len;
		uint32_t line; /* 0: it can be sent */
	} rows[] = {
		{ "a\tb\n", 4, 1 },
		{ "x\n\n!a\x01\n", 7, 3 },
		{ "a\x7F\n", 3, 1 },
		{ "a\0b\n", 4, 1 },
		{ "a\rb\n", 4, 1 },
		{ "a b~\n", 5, 0 },
		{ "\ta\t\n", 4, 0 },              /* trimmed */
		{ "#\t\nb\n", 5, 0 },             /* a comment is no rule */
		{ "a\tb\n\xC3\xA9\n", 7, 0 },     /* all are encoded then */
		{ "\xC3\xA9\na\x01\n", 6, 0 },
		{ "a\tb\nq\xFF\n", 7, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err;
		int rc = parse(rows[i].file, rows[i].len, JET_BUILDER_BUILDKIT, &err);

		cr_expect_eq(rc, rows[i].line ? JET_E_TRANSPORT : 0, "row %zu: %d", i, rc);
		cr_expect_eq(err.line, rows[i].line, "row %zu: line %u", i, err.line);
	}
}

Test(transport, only_buildkit_sends_its_rules)
{
	struct jet_error err;

	cr_expect_eq(parse("a\tb\n", 4, JET_BUILDER_CLASSIC, &err), 0);
	cr_expect_eq(parse("a\tb\n", 4, JET_BUILDER_CLASSIC_20_10, &err), 0);
	cr_expect_eq(parse("a\tb\n", 4, JET_BUILDER_BUILDAH, &err), 0);
}

/* @n rules of @len times @c behind @first. */
static int parse_many(const char *first, size_t n, size_t len, char c, enum jet_builder builder)
{
	struct jet_buf file = { 0 };
	struct jet_error err;
	int rc;

	cr_assert_eq(jet_buf_text(&file, first), 0);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < len; k++)
			cr_assert_eq(jet_buf_byte(&file, c), 0);
		cr_assert_eq(jet_buf_byte(&file, '\n'), 0);
	}
	rc = parse(file.data, file.len, builder, &err);
	jet_buf_clear(&file);
	return rc;
}

Test(transport, all_rules_have_to_fit_into_1048896_bytes)
{
	/* 48 bytes are counted for each besides its text; what the call's other
	 * headers take is an estimate, so nothing is asked right at the limit. */
	cr_expect_eq(parse_many("", 1000, 1000, 'a', JET_BUILDER_BUILDKIT), 0);
	cr_expect_eq(parse_many("", 1001, 1000, 'a', JET_BUILDER_BUILDKIT), JET_E_TRANSPORT);
	cr_expect_eq(parse_many("", 1001, 1000, 'a', JET_BUILDER_CLASSIC), 0);
	/* Short rules are dear: 21,000 times 49 bytes, 21,500 times. */
	cr_expect_eq(parse_many("", 21000, 1, 'a', JET_BUILDER_BUILDKIT), 0);
	cr_expect_eq(parse_many("", 21500, 1, 'a', JET_BUILDER_BUILDKIT), JET_E_TRANSPORT);
}

Test(transport, encoding_makes_rules_three_times_as_long)
{
	cr_expect_eq(parse_many("", 350, 1000, '@', JET_BUILDER_BUILDKIT), 0);
	cr_expect_eq(parse_many("\xC3\xA9\n", 340, 1000, '@', JET_BUILDER_BUILDKIT), 0);
	cr_expect_eq(parse_many("\xC3\xA9\n", 350, 1000, '@', JET_BUILDER_BUILDKIT), JET_E_TRANSPORT);
	/* Letters stay as they are. */
	cr_expect_eq(parse_many("\xC3\xA9\n", 350, 1000, 'a', JET_BUILDER_BUILDKIT), 0);
	/* An invalid byte travels as U+FFFD: nine for one. */
	cr_expect_eq(parse_many("", 110, 1000, '\xFF', JET_BUILDER_BUILDKIT), 0);
	cr_expect_eq(parse_many("", 120, 1000, '\xFF', JET_BUILDER_BUILDKIT), JET_E_TRANSPORT);
}
