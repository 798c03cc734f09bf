/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/lines.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct jet_lines open_lines(const char *text, size_t len, struct jet_error *err)
{
	return (struct jet_lines){ .name = "D", .at = text, .left = len, .escape = '\\', .err = err };
}

/* "[FIRST]TEXT;" for each logical line, then "esc", "syntax=" or the failure. */
static char *read_lines(const char *text)
{
	struct jet_error err = { 0 };
	struct jet_lines l = open_lines(text, strlen(text), &err);
	struct jet_buf out = { 0 };
	int rc;

	while ((rc = jet_lines_next(&l)) == 1)
		jet_buf_printf(&out, "[%u]%.*s;", (unsigned)l.first, (int)l.text.len,
		               l.text.data ? l.text.data : "");
	if (rc < 0)
		jet_buf_printf(&out, "%d %u: %s", rc, (unsigned)err.line, err.message);
	if (l.escape == '`')
		jet_buf_text(&out, "esc");
	if (l.syntax.data)
		jet_buf_printf(&out, "syntax=%.*s@%u", (int)l.syntax.len, l.syntax.data,
		               (unsigned)l.syntax_at.line);
	jet_lines_clear(&l);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

struct row {
	const char *text, *want;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *got = read_lines(rows[i].text);

		cr_expect_str_eq(got, rows[i].want, "row %zu, %s gives %s", i, rows[i].text, got);
		free(got);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(lines, one_after_the_other)
{
	static const struct row rows[] = {
		{ "", "" }, { "\n\n", "" }, { "# x\n", "" }, { "a", "[1]a;" }, { "a\nb\n", "[1]a;[2]b;" },
		{ "a\r\r\n\r\nb\r", "[1]a;[3]b;" }, { "  \t a  \n", "[1]a  ;" },
		{ "a\n # c\n#\nb # c\n", "[1]a;[4]b # c;" },
		{ "\xEF\xBB\xBF" "a\n", "[1]a;" }, { "\xEF\xBB\xBF  a\n", "[1]a;" },
		{ "a\n\xEF\xBB\xBF" "b\n", "[1]a;[2]\xEF\xBB\xBF" "b;" },
		{ "\xC2\xA0" "a\n", "[1]a;" },
	};

	CHECK(rows);
}

/* docs/SEMANTICS.md */
Test(lines, go_on_behind_an_escape)
{
	static const struct row rows[] = {
		{ "a \\\n b\nc\n", "[1]a  b;[3]c;" }, { "a\\\nb\n", "[1]ab;" },
		{ "a \\  \t\n  b\n", "[1]a   b;" },
		{ "a\\\n\\\n\\\nb\nc", "[1]ab;[5]c;" }, { "\\\na\n", "[1]a;" }, { "  \\\n  a\n", "[1]  a;" },
		/* two escapes are none, nor are three */
		{ "a\\\\\nb\n", "[1]a\\\\;[2]b;" }, { "a\\\\\\\nb\n", "[1]a\\\\\\;[2]b;" },
		{ "a\\ b\nc\n", "[1]a\\ b;[2]c;" },
		{ "\\\\\na\n", "[1]\\\\;[2]a;" },
		/* blank lines and comments inside */
		{ "a \\\n\n  \t\n b\n", "[1]a  b;" }, { "a \\\n# c \\\n  # d\n b\n", "[1]a  b;" },
		{ "a \\\n# escape=`\n b\n", "[1]a  b;" },
		/* the end of the file */
		{ "a \\\n", "[1]a ;" }, { "a \\", "[1]a ;" }, { "a \\\n#", "[1]a ;" }, { "\\\n", "[1];" },
		{ "a \\\r\n b\r\n", "[1]a  b;" },
		{ "# escape=`\na `\n b\\\nc\n", "[2]a  b\\;[4]c;esc" },
	};

	CHECK(rows);
}

Test(lines, directives_stand_at_the_top)
{
	static const struct row rows[] = {
		{ "# escape=`\na\n", "[2]a;esc" }, { "#escape = `\n", "esc" },
		{ "  # \t EsCaPe\t=\t`  \t\n", "esc" },
		{ "\xEF\xBB\xBF# escape=`\n", "esc" }, { "# escape=\\\n", "" },
		{ "# syntax=docker/dockerfile:1 x\n# escape=`\n", "escsyntax=docker/dockerfile:1 x@1" },
		{ "# check=skip=all\n#syntax=a\n", "syntax=a@2" },
		/* what ends them */
		{ "\n# escape=`\n", "" }, { "# c\n# escape=`\n", "" }, { "#!/x\n# escape=`\n", "" },
		{ "# unknown=1\n# escape=`\n", "" }, { "a\n# escape=`\n", "[1]a;" },
		{ "# escape\n# escape=`\n", "" },
		{ "# syntax=\n# escape=`\n", "" }, { "# 1escape=`\n", "" }, { "# esc ape=`\n", "" },
		/* failures */
		{ "# escape=x\n", "-12 0: invalid escape token 'x' does not match ` or \\ (in line 1)" },
		{ "# escape=``\n", "-12 0: invalid escape token '``' does not match ` or \\ (in line 1)" },
		{ "# escape=`\n# Escape=`\n",
		  "-12 1: only one escape parser directive can be used (in line 2)esc" },
		{ "# syntax=a\n# syntax=b\n",
		  "-12 1: only one syntax parser directive can be used (in line 2)syntax=a@1" },
		{ "# check=a\n# escape=x\n",
		  "-12 1: invalid escape token 'x' does not match ` or \\ (in line 2)" },
		{ "# check=a\n# syntax=a\n# check=b\n",
		  "-12 2: only one check parser directive can be used (in line 3)syntax=a@2" },
		{ "# check=a\n# check=b\n",
		  "-12 1: only one check parser directive can be used (in line 2)" },
	};

	CHECK(rows);
}

Test(lines, know_where_every_byte_stands)
{
	static const char text[] = "\n  ab \\\n# c\n\n \tcd\\\n\\\nef\n";
	static const struct {
		const char *what;
		uint32_t line, column;
	} rows[] = {
		{ "ab", 2, 3 }, { "b", 2, 4 }, { " \tcd", 5, 1 }, { "cd", 5, 3 }, { "ef", 7, 1 },
		{ "f", 7, 2 },
	};
	struct jet_error err = { 0 };
	struct jet_lines l = open_lines(text, sizeof(text) - 1, &err);

	cr_assert_eq(jet_lines_next(&l), 1);
	cr_assert_eq(jet_buf_terminate(&l.text), 0);
	cr_expect_str_eq(l.text.data, "ab  \tcdef");
	cr_expect_eq(l.first, 2);
	cr_expect_eq(l.line, 7);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t offset = (size_t)(strstr(l.text.data, rows[i].what) - l.text.data);
		const struct jet_spot at = jet_lines_spot(&l, offset);

		cr_expect(at.line == rows[i].line && at.column == rows[i].column, "%s at %u:%u", rows[i].what,
		          (unsigned)at.line, (unsigned)at.column);
	}
	jet_lines_clear(&l);
}

Test(lines, the_columns_of_a_bom_count)
{
	struct jet_error err = { 0 };
	struct jet_lines l = open_lines("\xEF\xBB\xBF a\n", 6, &err);

	cr_assert_eq(jet_lines_next(&l), 1);
	cr_expect_eq(jet_lines_spot(&l, 0).column, 5);
	jet_lines_clear(&l);
}

Test(lines, have_at_most_65535_bytes)
{
	static const struct {
		size_t len;
		const char *end;
		bool good;
	} rows[] = { { 65535, "\n", true }, { 65535, "", true }, { 65536, "\n", false }, { 65536, "", false },
		     { 65534, "\r\n", true }, { 65535, "\r\n", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf text = { 0 };
		struct jet_error err = { 0 };
		struct jet_lines l;
		struct jet_str raw;

		for (size_t k = 0; k < rows[i].len; k++)
			cr_assert_eq(jet_buf_byte(&text, 'a'), 0);
		cr_assert_eq(jet_buf_text(&text, rows[i].end), 0);
		l = open_lines(text.data, text.len, &err);
		cr_expect_eq(jet_lines_next(&l), rows[i].good, "row %zu", i);
		cr_expect_eq(l.too_long, !rows[i].good, "row %zu", i);
		/* Nothing comes behind it. */
		cr_expect_eq(jet_lines_raw(&l, &raw), 0, "row %zu", i);
		jet_lines_clear(&l);
		jet_buf_clear(&text);
	}
}

Test(lines, raw_lines_are_as_they_are)
{
	static const char text[] = "a\n# b \\\n\r\n  c";
	static const char *const want[] = { "# b \\\n", "\r\n", "  c" };
	struct jet_error err = { 0 };
	struct jet_lines l = open_lines(text, sizeof(text) - 1, &err);
	struct jet_str raw;

	cr_assert_eq(jet_lines_next(&l), 1);
	for (size_t i = 0; i < 3; i++)
		cr_expect(jet_lines_raw(&l, &raw) == 1 && jet_str_is(raw, want[i]), "row %zu", i);
	cr_expect_eq(jet_lines_raw(&l, &raw), 0);
	cr_expect_eq(l.line, 4);
	jet_lines_clear(&l);
}
