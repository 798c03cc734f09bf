/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/words.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum how { BLANK, QUOTED, FLAGS, SHELL };

struct row {
	const char *text, *want; /* "OFFSET:WORD|", for FLAGS then what is left */
	char escape;
};

static char *split(const struct row *row, enum how how)
{
	/* Exactly as long as the text, so that reads behind it are seen. */
	const size_t len = strlen(row->text);
	char *text = malloc(len ? len : 1);
	struct jet_arena arena = { 0 };
	struct jet_word_list list = { .arena = &arena, .base = text };
	struct jet_str s = { text, len };
	struct jet_buf out = { 0 };
	const char escape = row->escape ? row->escape : '\\';
	int rc;

	cr_assert(text);
	memcpy(text, row->text, len);
	rc = how == BLANK    ? jet_words_blank(&list, s)
	     : how == QUOTED ? jet_words_quoted(&list, s, escape)
	     : how == FLAGS  ? jet_words_flags(&list, &s, escape)
	                     : jet_words_shell(&list, s);
	cr_assert_eq(rc, 0);
	for (size_t i = 0; i < list.n; i++)
		jet_buf_printf(&out, "%zu:%.*s|", list.reaches[i].offset, (int)list.texts[i].len,
			       list.texts[i].data);
	if (how == FLAGS)
		jet_buf_append(&out, s.data, s.len);
	jet_words_clear(&list);
	jet_arena_clear(&arena);
	free(text);
	cr_assert_eq(jet_buf_terminate(&out), 0);
	return out.data;
}

static void check(const struct row *rows, size_t n, enum how how)
{
	for (size_t i = 0; i < n; i++) {
		char *got = split(&rows[i], how);

		cr_expect_str_eq(got, rows[i].want, "%s gives %s", rows[i].text, got);
		free(got);
	}
}

#define CHECK(rows, how) check(rows, sizeof(rows) / sizeof((rows)[0]), how)

Test(words, blanks_split_and_quotes_do_not_hold)
{
	static const struct row rows[] = {
		{ "", "", 0 }, { "a", "0:a|", 0 }, { "a b", "0:a|2:b|", 0 },
		{ "a \t\v\f\r b", "0:a|7:b|", 0 },
		{ "'a b' \"c\"", "0:'a|3:b'|6:\"c\"|", 0 }, { "a\\ b", "0:a\\|3:b|", 0 },
		{ "a\xC2\xA0" "b", "0:a\xC2\xA0" "b|", 0 },
	};

	CHECK(rows, BLANK);
}

Test(words, quotes_hold_together_and_stay)
{
	static const struct row rows[] = {
		{ "", "", 0 }, { "a=1 b=2", "0:a=1|4:b=2|", 0 }, { "a='x y' b", "0:a='x y'|8:b|", 0 },
		{ "a=\"x y\" b", "0:a=\"x y\"|8:b|", 0 }, { "a=x\\ y b", "0:a=x\\ y|7:b|", 0 },
		{ "a=\"x\\\" y\" b", "0:a=\"x\\\" y\"|10:b|", 0 }, { "a='x\\' b", "0:a='x\\'|7:b|", 0 },
		{ "a=\"'\" b", "0:a=\"'\"|6:b|", 0 }, { "a='x y", "0:a='x y|", 0 }, { "a\\", "0:a|", 0 },
		{ "a \\", "0:a|", 0 },
		{ "a=x`  y b", "0:a=x`|6:y|8:b|", 0 }, { "a=x` y b", "0:a=x` y|7:b|", '`' },
		{ "a\\ b", "0:a\\|3:b|", '`' },
		{ "a\xC2\xA0" "b", "0:a|3:b|", 0 }, { "a\xFF b", "0:a\xFF|3:b|", 0 },
	};

	CHECK(rows, QUOTED);
}

/* docs/SEMANTICS.md */
Test(words, flags_come_first_without_quotes)
{
	static const struct row rows[] = {
		{ "a", "a", 0 }, { "", "", 0 }, { "--a b", "0:--a|b", 0 },
		{ "--a --b=c d --e", "0:--a|4:--b=c|d --e", 0 },
		{ "  --a b", "2:--a|b", 0 }, { "-a --b", "-a --b", 0 }, { "- --b", "- --b", 0 },
		{ "--a='b c' d", "0:--a=b c|d", 0 }, { "--a=\"b 'c\" d", "0:--a=b 'c|d", 0 },
		{ "--a=b\\ c d", "0:--a=b c|d", 0 },
		/* an escape works in both kinds of quotes */
		{ "--a='b\\'c' d", "0:--a=b'c|d", 0 }, { "--a=\"\\\\\" d", "0:--a=\\|d", 0 },
		{ "--a=b\\", "0:--a=b|", 0 },
		{ "--a='b", "0:--a=b|", 0 },
		/* the end */
		{ "-- --b", " --b", 0 }, { "--a -- --b", "0:--a| --b", 0 }, { "\"--x\" a", "\"--x\" a", 0 },
		{ "--'' a", " a", 0 }, { "--a", "0:--a|", 0 },
		{ "--a=b` c d", "0:--a=b c|d", '`' }, { "--a=b\\ c", "0:--a=b\\|c", '`' },
		/* bytes are taken for Latin-1 */
		{ "--a=\xC3\xBC b", "0:--a=\xC3\x83\xC2\xBC|" "b", 0 }, { "--a=\xFF", "0:--a=\xC3\xBF|", 0 },
		{ "--a\xA0--b", "0:--a|4:--b|", 0 },
	};

	CHECK(rows, FLAGS);
}

Test(words, the_shell_splits_for_heredocs)
{
	static const struct row rows[] = {
		{ "RUN cat <<A", "0:RUN|4:cat|8:<<A|", 0 }, { "a <<A; b <<B", "0:a|2:<<A;|7:b|9:<<B|", 0 },
		{ "a << A b", "0:a|2:<< A|7:b|", 0 }, { "a '<<A' b", "0:a|2:'<<A'|8:b|", 0 },
		{ "a 3<<A", "0:a|2:3<<A|", 0 },
		{ "a \\<<A", "0:a|2:\\<<A|", 0 }, { "a \\ b", "0:a|2:\\ b|", 0 },
		/* a quote that does not close: no words at all */
		{ "a <<A 'b", "", 0 }, { "a <<A \"b\\\"", "", 0 }, { "it's <<A", "", 0 },
	};

	CHECK(rows, SHELL);
}

Test(words, a_heredoc_has_a_name)
{
	static const struct {
		const char *word, *name; /* NULL: it is none */
		bool expand, chomp;
	} rows[] = {
		{ "<<A", "A", true, false }, { "<<-A", "A", true, true }, { "3<<A", "A", true, false },
		{ "<<  A", "A", true, false },
		{ "<<- A", "A", true, true }, { "<<'A'", "A", false, false },
		{ "<<\"A\"", "A", false, false }, { "<<A'B'", "AB", false, false },
		{ "<<\\A", "A", true, false }, { "<<'A B'", "A B", false, false },
		{ "<<A;", "A;", true, false }, { "<<A.b-c", "A.b-c", true, false },
		{ "<<", NULL, 0, 0 }, { "<<-", NULL, 0, 0 }, { "<A", NULL, 0, 0 }, { "a<<A", NULL, 0, 0 },
		{ "<<<A", NULL, 0, 0 },
		{ "<<A<", NULL, 0, 0 }, { "<<''", NULL, 0, 0 },
		{ "<<A\\", "A", true, false }, { "<<$A", "$A", true, false },
		{ "<<${A}", "${A}", true, false },
		{ "<<A B", NULL, 0, 0 }, { "A", NULL, 0, 0 }, { "", NULL, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_arena arena = { 0 };
		struct jet_heredoc doc;
		int rc = jet_heredoc_word(&arena, (struct jet_str){ rows[i].word, strlen(rows[i].word) },
					  &doc);

		cr_expect_eq(rc, rows[i].name ? JET_HEREDOC_FOUND : JET_HEREDOC_NONE, "%s: %d",
		             rows[i].word, rc);
		if (rc == JET_HEREDOC_FOUND && rows[i].name)
			cr_expect(jet_str_is(doc.name, rows[i].name) && doc.expand == rows[i].expand &&
			          doc.chomp == rows[i].chomp, "%s: %.*s, %d, %d", rows[i].word,
			          (int)doc.name.len, doc.name.data, doc.expand, doc.chomp);
		jet_arena_clear(&arena);
	}
}

Test(words, the_name_of_a_heredoc_must_end)
{
	static const char *const words[] = { "<<'A", "<<\"A", "<<${A", "<<${A^^}", "<<${}" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct jet_arena arena = { 0 };
		struct jet_heredoc doc;

		cr_expect_eq(jet_heredoc_word(&arena, (struct jet_str){ words[i], strlen(words[i]) }, &doc),
		             JET_HEREDOC_BAD, "%s", words[i]);
		jet_arena_clear(&arena);
	}
}
