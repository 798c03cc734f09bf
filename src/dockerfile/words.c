/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/words.h"

#include <stdlib.h>
#include <string.h>

int jet_words_add_as(struct jet_word_list *list, struct jet_str text, struct jet_str written)
{
	struct jet_str *texts = jet_grow(list->texts, list->n, &list->text_capacity, sizeof(*texts));
	const size_t offset = (size_t)(written.data - list->base);
	struct jet_reach *reaches;

	if (!texts)
		return -1;
	list->texts = texts;
	reaches = jet_grow(list->reaches, list->n, &list->reach_capacity, sizeof(*reaches));
	if (!reaches)
		return -1;
	list->reaches = reaches;
	list->texts[list->n] = text;
	list->reaches[list->n++] = (struct jet_reach){ offset, offset + written.len };
	return 0;
}

int jet_words_add(struct jet_word_list *list, struct jet_str text)
{
	return jet_words_add_as(list, text, text);
}

void jet_words_clear(struct jet_word_list *list)
{
	free(list->texts);
	free(list->reaches);
}

/* ---- blanks ------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

size_t jet_blank_run(struct jet_str s)
{
	size_t n = 0;

	while (n < s.len && is_blank(s.data[n]))
		n++;
	return n;
}

int jet_words_blank(struct jet_word_list *list, struct jet_str s)
{
	while (s.len) {
		size_t n = 0, blanks;

		while (n < s.len && !is_blank(s.data[n]))
			n++;
		if (jet_words_add(list, (struct jet_str){ s.data, n }) < 0)
			return -1;
		s.data += n;
		s.len -= n;
		blanks = jet_blank_run(s);
		s.data += blanks;
		s.len -= blanks;
		/* Blanks at the end would be followed by an empty word; the text
		 * is trimmed before it comes here. */
	}
	return 0;
}

/* ---- quotes ------------------------------------------------------------- */

/* Bytes of the word at the start of @s.  Inside single quotes nothing escapes. */
static size_t quoted_word(struct jet_str s, char escape)
{
	char quote = 0;
	size_t i = 0;

	while (i < s.len) {
		uint32_t rune;
		size_t n = jet_rune_decode(s.data + i, s.len - i, &rune);
		const char c = s.data[i];

		if (!quote && jet_rune_is_space(rune))
			break;
		if (!quote && (c == '\'' || c == '"'))
			quote = c;
		else if (quote && c == quote)
			quote = 0;
		if (c == escape && quote != '\'') {
			if (i + 1 == s.len)
				return i; /* at the end it is dropped */
			i++;
			n = jet_rune_decode(s.data + i, s.len - i, &rune);
		}
		i += n;
	}
	return i;
}

int jet_words_quoted(struct jet_word_list *list, struct jet_str s, char escape)
{
	for (s = jet_str_trim_left(s); s.len; s = jet_str_trim_left(s)) {
		const size_t n = quoted_word(s, escape);

		if (n && jet_words_add(list, (struct jet_str){ s.data, n }) < 0)
			return -1;
		/* Only an escape at the very end leaves something behind. */
		if (n < s.len && s.data[n] == escape)
			break;
		s.data += n;
		s.len -= n;
	}
	return 0;
}

/* ---- flags -------------------------------------------------------------- */

/* Bytes are taken for runes, so those above 0x7F come out as Latin-1 in UTF-8:
 * BuildKit does it, and such values never match anything. */
static int put_latin1(struct jet_buf *word, char c)
{
	char utf8[4];

	return jet_buf_append(word, utf8, jet_rune_encode((unsigned char)c, utf8));
}

static bool is_flag_space(char c)
{
	const unsigned char u = (unsigned char)c;

	return (u >= 0x09 && u <= 0x0D) || u == 0x20 || u == 0x85 || u == 0xA0;
}

/* Reads one flag into @word; gives the bytes it took. */
static size_t read_flag(struct jet_str s, char escape, struct jet_buf *word, bool *failed)
{
	char quote = 0;
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (!quote && is_flag_space(c))
			break;
		if (!quote && (c == '\'' || c == '"')) {
			quote = c;
			continue;
		}
		if (quote && c == quote) {
			quote = 0;
			continue;
		}
		if (c == escape) {
			if (i + 1 == s.len)
				continue;
			c = s.data[++i];
		}
		*failed |= put_latin1(word, c) < 0;
	}
	return i;
}

int jet_words_flags(struct jet_word_list *list, struct jet_str *s, char escape)
{
	struct jet_buf word = { 0 };
	bool failed = false, over = false;

	while (!over) {
		struct jet_str at;
		size_t n;

		while (s->len && is_flag_space(s->data[0])) {
			s->data++;
			s->len--;
		}
		if (s->len < 2 || s->data[0] != '-' || s->data[1] != '-')
			break;
		at = *s;
		word.len = 0;
		n = read_flag(*s, escape, &word, &failed);
		s->data += n;
		s->len -= n;
		over = word.len == 2 && memcmp(word.data, "--", 2) == 0;
		if (!over && !failed) {
			char *copy = jet_arena_dup(list->arena, word.data, word.len);

			failed = !copy || jet_words_add_as(list, (struct jet_str){ copy, word.len },
			                                   (struct jet_str){ at.data, n }) < 0;
		}
		if (failed)
			break;
	}
	jet_buf_clear(&word);
	return failed ? -1 : 0;
}
