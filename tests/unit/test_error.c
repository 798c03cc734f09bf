/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(error, is_filled_in_and_its_code_comes_back)
{
	struct jet_error err;

	memset(&err, 0xFF, sizeof(err));
	cr_expect_eq(jet_fail(&err, JET_E_SYNTAX, "file", "bad %s %d", "thing", 7), JET_E_SYNTAX);
	cr_expect_eq(err.code, JET_E_SYNTAX);
	cr_expect_eq(err.sys_errno, 0);
	cr_expect_eq(err.line, 0);
	cr_expect_eq(err.column, 0);
	cr_expect_str_eq(err.file, "file");
	cr_expect_str_eq(err.message, "bad thing 7");
}

Test(error, nobody_need_want_the_details)
{
	cr_expect_eq(jet_fail(NULL, JET_E_ARG, "file", "x"), JET_E_ARG);
	cr_expect_eq(jet_fail_errno(NULL, JET_E_IO, ENOENT, NULL, "x"), JET_E_IO);
	cr_expect_eq(jet_fail_nomem(NULL), JET_E_NOMEM);
}

Test(error, errno_is_told_in_lower_case)
{
	struct jet_error err;

	cr_expect_eq(jet_fail_errno(&err, JET_E_IO, EACCES, "a/b", "cannot open"), JET_E_IO);
	cr_expect_eq(err.sys_errno, EACCES);
	cr_expect_str_eq(err.message, "cannot open: permission denied");
	cr_expect_str_eq(err.file, "a/b");
}

Test(error, out_of_memory_has_a_message)
{
	struct jet_error err;

	cr_expect_eq(jet_fail_nomem(&err), JET_E_NOMEM);
	cr_expect_eq(err.code, JET_E_NOMEM);
	cr_expect_str_eq(err.message, "out of memory");
	cr_expect_str_eq(err.file, "");
}

Test(error, of_a_long_name_the_end_is_kept)
{
	static const size_t sizes[] = { 254, 255, 256, 257, 300, 5000 };
	static char name[5001];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const size_t len = sizes[i];
		struct jet_error err;

		memset(name, 'x', len);
		memcpy(name, "BEGIN", 5);
		memcpy(name + len - 3, "END", 4);
		jet_fail(&err, JET_E_IO, name, "m");
		if (len <= 255) {
			cr_expect_str_eq(err.file, name, "%zu bytes fit", len);
			continue;
		}
		cr_expect_eq(strlen(err.file), 255, "%zu bytes", len);
		cr_expect_eq(strncmp(err.file, "...", 3), 0, "%zu bytes", len);
		cr_expect_str_eq(err.file + 3, name + len - 252, "%zu bytes", len);
	}
}

Test(error, a_long_message_is_cut)
{
	struct jet_error err;

	jet_fail(&err, JET_E_IO, NULL, "%0500d", 1);
	cr_expect_eq(strlen(err.message), sizeof(err.message) - 1);
}

Test(error, is_formatted_with_what_is_known)
{
	static const struct {
		const char *file;
		uint32_t line, column;
		const char *text;
	} rows[] = {
		{ NULL, 0, 0, "wrong" },
		{ NULL, 3, 4, "wrong" },
		{ "f", 0, 0, "f: wrong" },
		{ "f", 0, 4, "f: wrong" },
		{ "f", 3, 0, "f:3: wrong" },
		{ "f", 3, 4, "f:3:4: wrong" },
		{ "d/f", 4294967295U, 4294967295U, "d/f:4294967295:4294967295: wrong" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_error err;
		char text[64];

		jet_fail(&err, JET_E_SYNTAX, rows[i].file, "wrong");
		err.line = rows[i].line;
		err.column = rows[i].column;
		cr_expect(jet_error_format(&err, text, sizeof(text)) == text);
		cr_expect_str_eq(text, rows[i].text, "row %zu gives %s", i, text);
	}
}

Test(error, formatting_is_cut_to_the_room)
{
	struct jet_error err;
	char text[8] = "zzzzzzz";

	jet_fail(&err, JET_E_SYNTAX, "file", "wrong");
	cr_expect_str_eq(jet_error_format(&err, text, 7), "file: ");
	cr_expect_str_eq(jet_error_format(&err, text, 1), "");
}

Test(error, every_code_has_a_class)
{
	static const struct {
		int code;
		const char *want;
	} rows[] = {
		{ JET_E_PARSE, "parse" }, { JET_E_EXPAND, "expand" }, { JET_E_PLATFORM, "platform" },
		{ JET_E_STAGE, "stage" }, { JET_E_SYNTAX, "pattern" }, { JET_E_PATTERN, "pattern" },
		{ JET_E_TRANSPORT, "pattern" }, { JET_E_LINK_LOOP, "link-loop" },
		{ JET_E_NOT_FOUND, "not-found" }, { JET_E_OPTION, "option" }, { JET_E_ARG, "option" },
		{ JET_E_PATH, "option" }, { JET_E_IO, "io" }, { JET_E_NOMEM, "io" },
		{ JET_E_CHANGED, "io" }, { JET_E_WRITE, "io" }, { JET_E_UNREADABLE, "io" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(jet_error_class(rows[i].code), rows[i].want, "%d", rows[i].code);
}

Test(error, nothing_is_cut_inside_of_a_character)
{
	static const char *const starts[] = { "", "x", "xx", "xxx" };
	static const char *const signs[] = { "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
	static char long_text[12000];

	for (size_t i = 0; i < 12; i++) {
		const size_t n = strlen(signs[i % 3]);
		struct jet_shown room;
		struct jet_error err;
		size_t len = strlen(strcpy(long_text, starts[i / 3]));

		for (; len + n < sizeof(long_text); len += n)
			memcpy(long_text + len, signs[i % 3], n + 1);
		jet_fail(&err, JET_E_NOT_FOUND, long_text, "%s", long_text);
		jet_error_path(&err, long_text, len);
		cr_expect(jet_utf8_valid(err.file, strlen(err.file)), "%zu", i);
		cr_expect(jet_utf8_valid(err.message, strlen(err.message)), "%zu", i);
		cr_expect_neq(strlen(err.message), 0);
		cr_expect(strstr(err.message, "... (path cut)"), "%zu: %s", i, err.message);
		cr_expect(jet_utf8_valid(err.path, strlen(err.path)), "%zu", i);
		cr_expect_gt(strlen(err.path), sizeof(err.path) - 5, "%zu", i);
		jet_show((struct jet_str){ long_text, len }, &room);
		cr_expect(jet_utf8_valid(room.text, strlen(room.text)), "%zu", i);
		cr_expect_str_eq(room.text + strlen(room.text) - 3, "...", "%zu", i);
	}
}

Test(error, a_word_is_shown_whole_if_it_fits)
{
	struct jet_shown room;
	char word[JET_SHOWN + 1];

	memset(word, '\x80', sizeof(word));
	cr_expect_str_eq(jet_show((struct jet_str){ NULL, 0 }, &room), "");
	cr_expect_str_eq(jet_show((struct jet_str){ "a\xC3", 2 }, &room), "a\xC3");
	cr_expect_eq(strlen(jet_show((struct jet_str){ word, JET_SHOWN }, &room)), JET_SHOWN);
	cr_expect_eq(strlen(jet_show((struct jet_str){ word, JET_SHOWN + 1 }, &room)), JET_SHOWN + 3);
}

Test(error, a_path_is_cut_and_begins_with_a_slash)
{
	char path[5000];
	struct jet_error err = { 0 };

	memset(path, 'p', sizeof(path));
	jet_error_path(&err, "a/b", 3);
	cr_expect_str_eq(err.path, "/a/b");
	jet_error_path(&err, "", 0);
	cr_expect_str_eq(err.path, "/");
	jet_error_path(&err, path, sizeof(err.path) - 2);
	cr_expect_str_eq(err.message, "");
	jet_error_path(&err, path, sizeof(path));
	cr_expect_str_eq(err.message, " (path cut)");
	cr_expect_eq(strlen(err.path), sizeof(err.path) - 1);
	jet_error_path(NULL, "a", 1);
}
