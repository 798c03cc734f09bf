/* SPDX-License-Identifier: Apache-2.0 */
#include "match/ruleset.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Lines, each with a "|" behind it. */
static int put_line(void *ctx, const char *line, size_t len)
{
	struct jet_buf *out = ctx;

	cr_assert(jet_buf_append(out, line, len) == 0 && jet_buf_byte(out, '|') == 0);
	return 0;
}

struct row {
	const char *file;
	size_t len; /* 0: NUL-ended */
	const char *lines;
	size_t lines_len;
};

static void check(enum jet_builder builder, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const size_t len = rows[i].len ? rows[i].len : strlen(rows[i].file);
		const size_t want = rows[i].lines_len ? rows[i].lines_len : strlen(rows[i].lines);
		struct jet_buf out = { 0 };

		cr_assert_eq(jet_ruleset_read_lines(rows[i].file, len, "f", builder, put_line, &out, NULL),
		             0);
		cr_assert_eq(jet_buf_terminate(&out), 0);
		cr_expect(out.len == want && memcmp(out.data, rows[i].lines, want) == 0,
		          "%s: row %zu: \"%s\" gives \"%s\"", jet_builder_name(builder), i, rows[i].file,
		          out.data);
		jet_buf_clear(&out);
	}
}

#define BOM "\xEF\xBB\xBF"

/* Spec (a). */
static const struct row moby[] = {
	{ "", 0, "", 0 },
	{ "\n\n", 0, "", 0 },
	{ "a", 0, "a|", 0 },
	{ "a\n", 0, "a|", 0 },
	{ "a\nb", 0, "a|b|", 0 },
	{ "a\r\nb\r", 0, "a|b|", 0 },
	{ "a\rb\n", 0, "a\rb|", 0 },          /* a lone CR does not split */
	{ "a\r\r\n", 0, "a|", 0 },            /* one is dropped, one is white space */
	{ BOM "a\n" BOM "b\n", 0, "a|" BOM "b|", 0 },
	{ BOM BOM "a\n", 0, BOM "a|", 0 },
	{ " " BOM "a\n", 0, BOM "a|", 0 },
	{ "#a\n# b\n", 0, "", 0 },
	{ BOM "#a\nb", 0, "b|", 0 },
	{ " #x\n", 0, "#x|", 0 },
	{ "a #x\n", 0, "a #x|", 0 },
	{ "\\#a\n", 0, "\\#a|", 0 },
	{ " \t a b \v\f\n \n\t\n", 0, "a b|", 0 },
	{ "\xC2\xA0" "a\xE3\x80\x80\n", 0, "a|", 0 },
	{ "\xA0" "a\x85\n", 0, "\xA0" "a\x85|", 0 },
	{ "\x1C" "a\x7F\n", 0, "\x1C" "a\x7F|", 0 },
	{ "\xE2\x80\x8B" "a\n", 0, "\xE2\x80\x8B" "a|", 0 },
	{ "a\0b\n", 4, "a\0b|", 4 },
	{ "\0\n", 2, "\0|", 2 },
	{ "!a\n! b\n!\t c \n", 0, "!a|!b|!c|", 0 },
	{ "!\n! \n", 0, "!|!|", 0 },
	{ "!!a\n! !a\n", 0, "!!a|!!a|", 0 },
	{ "!/\n!///\n!/..\n", 0, "!/|!/|!/|", 0 },
	{ "!/a\n!./a\n!a/\n", 0, "!a|!a|!a|", 0 },
	{ "!/ a\n", 0, "! a|", 0 },
	{ "/\n.\n./\na/..\n", 0, "/|.|.|.|", 0 },
	{ "/a\n//a\n/a/\n///a///b//\n", 0, "a|a|a|a/b|", 0 },
	{ "/../a\n../a\n..\n", 0, "a|../a|..|", 0 },
	{ "a/./b\na/x/../b\n*/../x\n**/../a\n", 0, "a/b|a/b|x|a|", 0 },
	{ "a\\/\n[a/b]c\n", 0, "a\\|[a/b]c|", 0 },
	{ "/!a\n./!a\nx/../!a\n", 0, "!a|!a|!a|", 0 },
	{ "/ a\n", 0, " a|", 0 },
	{ "!../../a\n!../..\n", 0, "!../../a|!../..|", 0 },
	{ "\xFF\n", 0, "\xFF|", 0 },
};

Test(read, moby_reads_lines_as_the_spec_has_it)
{
	check(JET_BUILDER_BUILDKIT, moby, sizeof(moby) / sizeof(moby[0]));
}

Test(read, both_classic_builders_read_as_buildkit_does)
{
	check(JET_BUILDER_CLASSIC, moby, sizeof(moby) / sizeof(moby[0]));
	check(JET_BUILDER_CLASSIC_20_10, moby, sizeof(moby) / sizeof(moby[0]));
}

Test(read, buildah_only_strips_slashes)
{
	static const struct row rows[] = {
		{ "", 0, "", 0 },
		{ "a\n\nb", 0, "a|b|", 0 },
		{ "#a\n #b\n", 0, " #b|", 0 },
		{ BOM "#a\n" BOM "b\n", 0, BOM "#a|" BOM "b|", 0 },
		{ "a\r\n", 0, "a\r|", 0 },
		{ "  a  \n", 0, "  a  |", 0 },
		{ " \n", 0, " |", 0 },
		{ "/a/\n//a//\n/\n///\n", 0, "a|a|", 0 },
		{ "a//b\n./a\n/../a\n", 0, "a//b|./a|../a|", 0 },
		{ "! a\n!/a\n!a/\n", 0, "! a|!/a|!a|", 0 },
		{ "a\0/\n", 4, "a\0|", 3 },
	};

	check(JET_BUILDER_BUILDAH, rows, sizeof(rows) / sizeof(rows[0]));
}

/* ---- long lines --------------------------------------------------------- */

static int ignore_line(void *ctx, const char *line, size_t len)
{
	(void)line;
	*(size_t *)ctx = len;
	return 0;
}

static int read_long(const char *file, size_t len, enum jet_builder builder, size_t *last,
                     struct jet_error *err)
{
	memset(err, 0, sizeof(*err));
	*last = 0;
	return jet_ruleset_read_lines(file, len, "f", builder, ignore_line, last, err);
}

Test(read, a_line_may_have_65535_bytes)
{
	char *file = malloc(65540);
	struct jet_error err;
	size_t last;

	cr_assert(file);
	memset(file, 'a', 65540);
	cr_expect_eq(read_long(file, 65535, JET_BUILDER_BUILDKIT, &last, &err), 0);
	cr_expect_eq(last, 65535);
	file[65535] = '\n';
	cr_expect_eq(read_long(file, 65536, JET_BUILDER_CLASSIC, &last, &err), 0);
	cr_expect_eq(last, 65535);
	free(file);
}

Test(read, one_byte_more_is_an_error_even_where_nothing_would_be_left)
{
	/* Of the line: its first byte, what it is filled with, its last byte. */
	static const char kinds[][3] = {
		{ 'a', 'a', 'a' }, { '#', 'a', 'a' }, { ' ', ' ', ' ' }, { 'a', 'a', '\r' },
	};
	char *file = malloc(65540);
	struct jet_error err;
	size_t last;

	cr_assert(file);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		memset(file, kinds[i][1], 65540);
		memcpy(file, "x\n", 2);
		file[2] = kinds[i][0];
		file[2 + 65535] = kinds[i][2];
		cr_expect_eq(read_long(file, 2 + 65536, JET_BUILDER_BUILDKIT, &last, &err), JET_E_SYNTAX,
		             "kind %zu", i);
		cr_expect_eq(err.line, 2, "kind %zu", i);
		cr_expect_str_eq(err.file, "f");
		cr_expect_eq(read_long(file, 2 + 65536, JET_BUILDER_CLASSIC_20_10, &last, &err),
		             JET_E_SYNTAX, "kind %zu", i);
		cr_expect_eq(read_long(file, 2 + 65536, JET_BUILDER_BUILDAH, &last, &err), 0, "kind %zu", i);
	}
	free(file);
}

Test(read, the_byte_order_mark_counts_to_the_length)
{
	char *file = malloc(65536);
	struct jet_error err;
	size_t last;

	cr_assert(file);
	memset(file, 'a', 65536);
	memcpy(file, BOM, 3);
	cr_expect_eq(read_long(file, 65535, JET_BUILDER_BUILDKIT, &last, &err), 0);
	cr_expect_eq(last, 65532);
	cr_expect_eq(read_long(file, 65536, JET_BUILDER_BUILDKIT, &last, &err), JET_E_SYNTAX);
	free(file);
}

/* ---- callbacks ---------------------------------------------------------- */

static int stop_at_second(void *ctx, const struct jet_line *line)
{
	*(uint32_t *)ctx = line->number;
	return line->number == 2 ? -42 : 0;
}

Test(read, what_the_caller_returns_stops_the_reading)
{
	uint32_t last = 0;

	cr_expect_eq(jet_ruleset_read("a\nb\nc\n", 6, "f", jet_dialect_of(JET_BUILDER_CLASSIC),
	                              stop_at_second, &last, NULL),
	             -42);
	cr_expect_eq(last, 2);
}

static int check_place(void *ctx, const struct jet_line *line)
{
	(void)ctx;
	cr_expect_eq(line->number, 3);
	cr_expect_eq(line->column, 3);
	cr_expect(line->text.len == 6 && memcmp(line->text.data, "! b//c", 6) == 0);
	cr_expect(line->rule.len == 4 && memcmp(line->rule.data, "!b/c", 4) == 0);
	return 7;
}

Test(read, a_line_knows_its_number_column_and_text)
{
	cr_expect_eq(jet_ruleset_read("\n# a\n\t ! b//c \n", 15, "f",
	                              jet_dialect_of(JET_BUILDER_BUILDKIT), check_place, NULL, NULL),
	             7);
}
