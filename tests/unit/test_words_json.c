/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/words.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *text;
	enum jet_json_words found;
	const char *want; /* words, "|" behind each */
};

static void check(const struct row *row)
{
	const size_t len = strlen(row->text);
	char *text = malloc(len ? len : 1);
	struct jet_arena arena = { 0 };
	struct jet_word_list list = { .arena = &arena, .base = text };
	struct jet_buf out = { 0 };
	enum jet_json_words found;

	cr_assert(text);
	memcpy(text, row->text, len);
	found = jet_words_json(&list, (struct jet_str){ text, len });
	cr_expect_eq(found, row->found, "%.40s: %d", row->text, found);
	for (size_t i = 0; i < list.n; i++) {
		cr_expect(list.reaches[i].offset < len, "%.40s: word %zu at %zu", row->text, i,
		          list.reaches[i].offset);
		jet_buf_printf(&out, "%.*s|", (int)list.texts[i].len, list.texts[i].data);
	}
	cr_assert_eq(jet_buf_terminate(&out), 0);
	cr_expect_str_eq(out.data, row->want ? row->want : "", "%.40s gives %s", row->text, out.data);
	jet_buf_clear(&out);
	jet_words_clear(&list);
	jet_arena_clear(&arena);
	free(text);
}

Test(words_json, takes_arrays_of_strings)
{
	static const struct row rows[] = {
		{ "[]", JET_JSON_STRINGS, "" }, { "[ ]", JET_JSON_STRINGS, "" },
		{ "[\"a\"]", JET_JSON_STRINGS, "a|" },
		{ "[ \"a\" ,\t\"b c\"\n]  ", JET_JSON_STRINGS, "a|b c|" },
		{ "[\"\"]", JET_JSON_STRINGS, "|" },
		{ "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", JET_JSON_STRINGS, "\"\\/\b\f\n\r\t|" },
		{ "[\"\\u0061\\u00e9\\u20AC\"]", JET_JSON_STRINGS, "a\xC3\xA9\xE2\x82\xAC|" },
		{ "[\"\\ud83d\\ude00\"]", JET_JSON_STRINGS, "\xF0\x9F\x98\x80|" },
		{ "[\"\\ud83d\"]", JET_JSON_STRINGS, "\xEF\xBF\xBD|" },
		{ "[\"\\ude00x\"]", JET_JSON_STRINGS, "\xEF\xBF\xBDx|" },
		{ "[\"\\ud83d\\u0041\"]", JET_JSON_STRINGS, "\xEF\xBF\xBD" "A|" },
		{ "[\"\xFF\"]", JET_JSON_STRINGS, "\xEF\xBF\xBD|" },
		{ "[\"'$x\"]", JET_JSON_STRINGS, "'$x|" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i]);
}

Test(words_json, other_arrays_are_told_apart)
{
	static const struct row rows[] = {
		{ "[1]", JET_JSON_OTHER, NULL }, { "[\"a\",1]", JET_JSON_OTHER, NULL },
		{ "[null]", JET_JSON_OTHER, NULL },
		{ "[true,false]", JET_JSON_OTHER, NULL }, { "[[]]", JET_JSON_OTHER, NULL },
		{ "[{}]", JET_JSON_OTHER, NULL },
		{ "[{\"a\":[1,{\"b\":-0.5e+3}]}, \"x\"]", JET_JSON_OTHER, NULL },
		{ "[[\"a\",\"b\"]]", JET_JSON_OTHER, NULL },
		{ "[0,-1,1.5,1E9,1e-1]", JET_JSON_OTHER, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i]);
}

Test(words_json, anything_else_is_no_json)
{
	static const struct row rows[] = {
		{ "", JET_JSON_NONE, NULL }, { "a", JET_JSON_NONE, NULL }, { "\"a\"", JET_JSON_NONE, NULL },
		{ "{}", JET_JSON_NONE, NULL },
		{ " [\"a\"]", JET_JSON_NONE, NULL }, { "[", JET_JSON_NONE, NULL },
		{ "[\"a\"", JET_JSON_NONE, NULL },
		{ "[\"a\",]", JET_JSON_NONE, NULL }, { "[,\"a\"]", JET_JSON_NONE, NULL },
		{ "[\"a\" \"b\"]", JET_JSON_NONE, NULL },
		{ "[\"a\"] x", JET_JSON_NONE, NULL }, { "[\"a\"]]", JET_JSON_NONE, NULL },
		{ "['a']", JET_JSON_NONE, NULL },
		{ "[a]", JET_JSON_NONE, NULL }, { "[\"a\nb\"]", JET_JSON_NONE, NULL },
		{ "[\"\\x\"]", JET_JSON_NONE, NULL },
		{ "[\"\\u12\"]", JET_JSON_NONE, NULL }, { "[\"\\u12g4\"]", JET_JSON_NONE, NULL },
		{ "[\"a", JET_JSON_NONE, NULL },
		{ "[\"a\\", JET_JSON_NONE, NULL }, { "[01]", JET_JSON_NONE, NULL },
		{ "[1.]", JET_JSON_NONE, NULL }, { "[.5]", JET_JSON_NONE, NULL },
		{ "[-]", JET_JSON_NONE, NULL }, { "[+1]", JET_JSON_NONE, NULL },
		{ "[1e]", JET_JSON_NONE, NULL }, { "[tru]", JET_JSON_NONE, NULL },
		{ "[{\"a\"}]", JET_JSON_NONE, NULL }, { "[{\"a\":1,}]", JET_JSON_NONE, NULL },
		{ "[{a:1}]", JET_JSON_NONE, NULL },
		{ "[[}]", JET_JSON_NONE, NULL }, { "[{]]", JET_JSON_NONE, NULL },
		{ "[\f\"a\"]", JET_JSON_NONE, NULL }, { "[\"a\",\"b]", JET_JSON_NONE, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i]);
}

/* Go's limit; the array itself is one level. */
Test(words_json, nesting_is_limited)
{
	static const struct {
		size_t depth;
		enum jet_json_words found;
	} rows[] = { { 100, JET_JSON_OTHER }, { 10000, JET_JSON_OTHER }, { 10001, JET_JSON_NONE } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t n = rows[i].depth;
		char *text = malloc(2 * n + 1);

		cr_assert(text);
		memset(text, '[', n);
		memset(text + n, ']', n);
		text[2 * n] = '\0';
		check(&(struct row){ text, rows[i].found, NULL });
		free(text);
	}
}
