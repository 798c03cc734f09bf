/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/term.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- quoting ------------------------------------------------------------ */

Test(term, paths_are_quoted_where_a_line_would_break)
{
	static const struct {
		const char *path, *tail, *want;
	} rows[] = {
		{ "", "", "" },
		{ "a b/c", "", "a b/c" },
		{ "a", "/", "a/" },
		{ "a\\b'$", "", "a\\b'$" },
		{ "\xC3\xA9\xFF\x80", "", "\xC3\xA9\xFF\x80" },
		{ "a\"b", "", "\"a\\\"b\"" },
		{ "a\nb", "/", "\"a\\nb/\"" },
		{ "\a\b\t\n\v\f\r", "", "\"\\a\\b\\t\\n\\v\\f\\r\"" },
		{ "\x01\x1F\x7F\x1B[m", "", "\"\\001\\037\\177\\033[m\"" },
		{ "\\\n", "", "\"\\\\\\n\"" },
		{ "\n\xC3\xA9", "", "\"\\n\xC3\xA9\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };

		cr_assert_eq(jet_quote(&buf, rows[i].path, strlen(rows[i].path), rows[i].tail), 0);
		cr_assert_eq(jet_buf_terminate(&buf), 0);
		cr_expect_str_eq(buf.data, rows[i].want, "row %zu gives %s", i, buf.data);
		jet_buf_clear(&buf);
	}
}

Test(term, what_was_quoted_can_be_unquoted)
{
	for (unsigned a = 0; a < 256; a++) {
		for (unsigned b = 0; b < 256; b += 5) {
			const char path[4] = { (char)a, (char)b, '7', '"' };
			struct jet_buf buf = { 0 };
			size_t len;

			cr_assert_eq(jet_quote(&buf, path, 4, ""), 0);
			len = buf.len;
			cr_assert(jet_unquote(buf.data, &len), "%02x %02x", a, b);
			cr_assert(len == 4 && memcmp(buf.data, path, 4) == 0, "%02x %02x", a, b);
			jet_buf_clear(&buf);
		}
	}
}

Test(term, what_is_not_so_quoted_stays_as_it_is)
{
	static const char *const rows[] = {
		"", "a", "\"", "a\"", "\"a", "\"a\"b\"", "\"\\\"", "\"\\x41\"", "\"\\4\"", "\"\\08\"",
		"\"\\400\"",
		"\"\\78\"", "\"a\\\"", "\"ok\\q\"", "\"\\00\"",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[16];
		size_t len = strlen(rows[i]);

		strcpy(text, rows[i]);
		cr_expect_not(jet_unquote(text, &len), "%s", rows[i]);
		cr_expect(len == strlen(rows[i]) && strcmp(text, rows[i]) == 0, "%s was changed", rows[i]);
	}
}

Test(term, octal_escapes_and_empty_quotes_are_taken)
{
	static const struct {
		const char *text, *want;
		size_t len;
	} rows[] = {
		{ "\"\"", "", 0 }, { "\"\\101\\377\\000\"", "A\xFF\0", 3 }, { "\"a\\\\b\"", "a\\b", 3 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[32];
		size_t len = strlen(rows[i].text);

		strcpy(text, rows[i].text);
		cr_assert(jet_unquote(text, &len), "row %zu", i);
		cr_expect(len == rows[i].len && memcmp(text, rows[i].want, len) == 0, "row %zu", i);
	}
}

/* ---- numbers ------------------------------------------------------------ */

Test(term, text_is_broken_at_blanks)
{
	static const struct {
		const char *text, *want;
		size_t width, indent;
	} rows[] = {
		{ "", "", 10, 2 },
		{ "one two three", "one two three", 13, 2 },
		{ "one two three", "one two\n  three", 12, 2 },
		{ "one two three", "one\n  two\n  three", 3, 2 },
		{ "one two three", "one\ntwo\nthree", 3, 0 },
		{ "  :2 from averyverylongname it is", "  :2 from\n    averyverylongname\n    it is", 12, 4 },
		{ "averyverylongname it is", "averyverylongname\n  it is", 8, 2 },
		{ "ends in blanks   ", "ends in blanks   ", 20, 2 },
		{ "a  b", "a  b", 4, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf out = { 0 };

		cr_assert_eq(jet_wrap(&out, rows[i].text, strlen(rows[i].text), rows[i].width,
		                      rows[i].indent), 0);
		cr_assert_eq(jet_buf_terminate(&out), 0);
		cr_expect_str_eq(out.data, rows[i].want, "%s gives %s", rows[i].text, out.data);
		jet_buf_clear(&out);
	}
}

Test(term, control_characters_are_escaped)
{
	static const char text[] = "a\033[0m\0\t\x7F\\\"\n\xC3\xBC";
	struct jet_buf out = { 0 };

	cr_assert_eq(jet_escape(&out, text, sizeof(text) - 1), 0);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, "a\\033[0m\\000\\t\\177\\\"\\n\xC3\xBC", "%s", out.data);
	jet_buf_clear(&out);
}

Test(term, sizes_are_short)
{
	static const struct {
		uint64_t bytes;
		const char *want;
	} rows[] = {
		{ 0, "0 B" }, { 1, "1 B" }, { 1023, "1023 B" }, { 1024, "1.0 KiB" }, { 1536, "1.5 KiB" },
		{ 10137, "9.9 KiB" }, { 10189, "10 KiB" }, { 1047000, "1022 KiB" }, { 1048575, "1.0 MiB" },
		{ 1048576, "1.0 MiB" }, { UINT64_C(12) << 20, "12 MiB" }, { UINT64_C(1) << 30, "1.0 GiB" },
		{ UINT64_C(1) << 40, "1.0 TiB" }, { UINT64_C(1) << 50, "1.0 PiB" }, { UINT64_MAX, "16 EiB" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };

		cr_assert_eq(jet_human_size(&buf, rows[i].bytes), 0);
		cr_assert_eq(jet_buf_terminate(&buf), 0);
		cr_expect_str_eq(buf.data, rows[i].want, "%s", buf.data);
		jet_buf_clear(&buf);
	}
}

Test(term, counts_are_in_groups_of_three)
{
	static const struct {
		uint64_t n;
		const char *want;
	} rows[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 65153, "65,153" }, { 123456, "123,456" },
		{ 1000000, "1,000,000" }, { UINT64_MAX, "18,446,744,073,709,551,615" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };

		cr_assert_eq(jet_human_count(&buf, rows[i].n), 0);
		cr_assert_eq(jet_buf_terminate(&buf), 0);
		cr_expect_str_eq(buf.data, rows[i].want, "%s", buf.data);
		jet_buf_clear(&buf);
	}
}

/* ---- the terminal ------------------------------------------------------- */

/* The end of a new terminal that a program would write to, or -1. */
static int open_terminal(int *other)
{
	const char *name;

	*other = posix_openpt(O_RDWR | O_NOCTTY);
	if (*other < 0 || grantpt(*other) != 0 || unlockpt(*other) != 0)
		return -1;
	name = ptsname(*other);
	return name ? open(name, O_RDWR | O_NOCTTY) : -1;
}

Test(term, colour_is_for_terminals_that_want_it)
{
	static const struct {
		const char *term, *no_color;
		bool color;
	} rows[] = {
		{ "xterm", NULL, true }, { "xterm", "", true }, { "xterm", "1", false },
		{ "dumb", NULL, false },
		{ "", NULL, false }, { NULL, NULL, false },
	};
	int other, fd = open_terminal(&other), file = open("/dev/null", O_WRONLY);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsetenv("TERM");
		unsetenv("NO_COLOR");
		if (rows[i].term)
			setenv("TERM", rows[i].term, 1);
		if (rows[i].no_color)
			setenv("NO_COLOR", rows[i].no_color, 1);
		cr_expect(jet_term_color(file, JET_COLOR_ALWAYS), "row %zu", i);
		cr_expect_not(jet_term_color(file, JET_COLOR_AUTO), "row %zu", i);
		if (fd >= 0)
			cr_expect_eq(jet_term_color(fd, JET_COLOR_AUTO), rows[i].color, "row %zu", i);
		cr_expect_not(jet_term_color(fd, JET_COLOR_NEVER), "row %zu", i);
	}
	close(file);
}

Test(term, inks_are_nothing_without_colour)
{
	for (enum jet_ink ink = JET_INK_GOOD; ink <= JET_INK_STRONG; ink++) {
		cr_expect_str_eq(jet_ink(false, ink), "");
		cr_expect_eq(jet_ink(true, ink)[0], '\033');
	}
	cr_expect_str_eq(jet_ink_end(false), "");
	cr_expect_str_eq(jet_ink_end(true), "\033[0m");
}

Test(term, width_comes_from_columns_first)
{
	static const struct {
		const char *columns;
		size_t width;
	} rows[] = {
		{ "100", 100 }, { "40", 40 }, { "39", 40 }, { "1", 40 }, { "1000", 1000 }, { "1001", 80 },
		{ "0", 80 }, { "x", 80 }, { "", 80 }, { "-5", 80 },
	};
	int file = open("/dev/null", O_WRONLY);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setenv("COLUMNS", rows[i].columns, 1);
		cr_expect_eq(jet_term_width(file), rows[i].width, "\"%s\" gives %zu", rows[i].columns,
		             jet_term_width(file));
	}
	unsetenv("COLUMNS");
	cr_expect_eq(jet_term_width(file), 80);
	close(file);
}

/* ---- messages ----------------------------------------------------------- */

/* What the next call wrote to standard error. */
static void read_back(FILE *file, char *text, size_t size)
{
	size_t n;

	fflush(stderr);
	rewind(file);
	n = fread(text, 1, size - 1, file);
	text[n] = '\0';
	rewind(file);
	cr_assert_eq(ftruncate(fileno(file), 0), 0);
	cr_assert_eq(lseek(STDERR_FILENO, 0, SEEK_SET), 0);
}

Test(term, a_message_is_one_line_whatever_is_in_it)
{
	struct jet_error err = {
		.code = JET_E_SYNTAX, .line = 3, .column = 7, .file = "a\nb", .message = "bad \"x\\y\"",
	};
	FILE *file = tmpfile();
	char got[256];
	int saved = dup(STDERR_FILENO);

	cr_assert(file && dup2(fileno(file), STDERR_FILENO) >= 0);
	jet_say("%s: \033[31m%d\"\\", "x\ty", 5);
	read_back(file, got, sizeof(got));
	dup2(saved, STDERR_FILENO);
	cr_expect_str_eq(got, "jettison: x\\ty: \\033[31m5\"\\\n", "%s", got);
	cr_assert(dup2(fileno(file), STDERR_FILENO) >= 0);
	jet_say_error(&err);
	read_back(file, got, sizeof(got));
	dup2(saved, STDERR_FILENO);
	cr_expect_str_eq(got, "jettison: a\\nb:3:7: bad \"x\\y\"\n", "%s", got);
	fclose(file);
}
