/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON form of an instruction.  Whether a text is JSON at all decides what
 * it means, so this accepts and refuses exactly what Go's encoding/json does:
 * invalid UTF-8 and lone surrogates become U+FFFD, numbers are checked, and
 * anything behind the array makes it no JSON.
 */
#include "dockerfile/words.h"

#include <string.h>

enum { MAX_DEPTH = 10000 }; /* Go's, the array itself included */

struct json {
	struct jet_word_list *list;
	const char *at, *end;
	struct jet_buf text; /* of a string */
	bool nomem, other;
};

static void skip_space(struct json *j)
{
	while (j->at < j->end && memchr(" \t\r\n", *j->at, 4))
		j->at++;
}

static bool eat(struct json *j, char c)
{
	if (j->at == j->end || *j->at != c)
		return false;
	j->at++;
	return true;
}

static bool eat_word(struct json *j, const char *word)
{
	const size_t n = strlen(word);

	if ((size_t)(j->end - j->at) < n || memcmp(j->at, word, n) != 0)
		return false;
	j->at += n;
	return true;
}

/* ---- strings ------------------------------------------------------------ */

static void put_rune(struct json *j, uint32_t rune)
{
	char utf8[4];

	j->nomem |= jet_buf_append(&j->text, utf8, jet_rune_encode(rune, utf8)) < 0;
}

static bool hex4(struct json *j, uint32_t *value)
{
	*value = 0;
	if (j->end - j->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		const char c = *j->at++;
		const int digit = c >= '0' && c <= '9'   ? c - '0'
		                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
		                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
		                                         : -1;

		if (digit < 0)
			return false;
		*value = *value << 4 | (uint32_t)digit;
	}
	return true;
}

static bool unicode_escape(struct json *j)
{
	uint32_t high, low;
	const char *back;

	if (!hex4(j, &high))
		return false;
	if (high < 0xD800 || high > 0xDFFF) {
		put_rune(j, high);
		return true;
	}
	/* A pair of surrogates is one rune, a lone one is none. */
	back = j->at;
	if (high < 0xDC00 && eat_word(j, "\\u") && hex4(j, &low) && low >= 0xDC00 && low <= 0xDFFF) {
		put_rune(j, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
		return true;
	}
	j->at = back;
	put_rune(j, JET_RUNE_ERROR);
	return true;
}

static bool escape(struct json *j)
{
	static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	const char *found;

	if (j->at == j->end)
		return false;
	if (eat(j, 'u'))
		return unicode_escape(j);
	found = *j->at ? strchr(names, *j->at) : NULL;
	if (!found)
		return false;
	j->at++;
	put_rune(j, (unsigned char)bytes[found - names]);
	return true;
}

/* Behind the opening quote. */
static bool string(struct json *j)
{
	j->text.len = 0;
	while (j->at < j->end) {
		uint32_t rune;

		if (eat(j, '"'))
			return true;
		if (eat(j, '\\')) {
			if (!escape(j))
				return false;
			continue;
		}
		if ((unsigned char)*j->at < 0x20)
			return false;
		j->at += jet_rune_decode(j->at, (size_t)(j->end - j->at), &rune);
		put_rune(j, rune);
	}
	return false;
}

/* ---- other values ------------------------------------------------------- */

static bool digits(struct json *j)
{
	const char *start = j->at;

	while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
		j->at++;
	return j->at > start;
}

static bool number(struct json *j)
{
	eat(j, '-');
	if (!eat(j, '0') && !digits(j))
		return false;
	if (eat(j, '.') && !digits(j))
		return false;
	if (eat(j, 'e') || eat(j, 'E')) {
		if (!eat(j, '+'))
			eat(j, '-');
		return digits(j);
	}
	return true;
}

static bool scalar(struct json *j)
{
	if (eat(j, '"'))
		return string(j);
	return eat_word(j, "true") || eat_word(j, "false") || eat_word(j, "null") || number(j);
}

/* Skips a value of any kind.  @open is what is open, as text: no recursion. */
static bool skip_value(struct json *j)
{
	struct jet_buf open = { 0 };
	bool good = true, value = true; /* value: one has to come */

	while (good) {
		skip_space(j);
		if (value && (eat(j, '[') || eat(j, '{'))) {
			const char bracket = j->at[-1];

			good = open.len + 1 < MAX_DEPTH && jet_buf_byte(&open, bracket) == 0;
			skip_space(j);
			if (good && eat(j, bracket == '[' ? ']' : '}')) {
				open.len--;
				value = false;
			} else if (good && bracket == '{') {
				good = eat(j, '"') && string(j);
				skip_space(j);
				good = good && eat(j, ':');
			}
		} else if (value) {
			good = scalar(j);
			value = false;
		} else if (!open.len) {
			break;
		} else if (eat(j, ',')) {
			value = true;
			skip_space(j);
			if (open.data[open.len - 1] == '{') {
				good = eat(j, '"') && string(j);
				skip_space(j);
				good = good && eat(j, ':');
			}
		} else {
			good = eat(j, open.data[open.len - 1] == '[' ? ']' : '}');
			open.len--;
		}
		if (good && !value && !open.len)
			break;
	}
	jet_buf_clear(&open);
	return good;
}

static bool element(struct json *j)
{
	const char *where = j->at;
	char *copy;

	if (j->at == j->end || *j->at != '"') {
		j->other = true;
		return skip_value(j);
	}
	j->at++;
	if (!string(j))
		return false;
	copy = jet_arena_dup(j->list->arena, j->text.data ? j->text.data : "", j->text.len);
	j->nomem |= !copy || jet_words_add_as(j->list, (struct jet_str){ copy, j->text.len },
	                                      (struct jet_str){ where, (size_t)(j->at - where) }) < 0;
	return true;
}

static bool array(struct json *j)
{
	skip_space(j);
	if (!eat(j, '['))
		return false;
	skip_space(j);
	if (!eat(j, ']')) {
		do {
			skip_space(j);
			if (!element(j))
				return false;
			skip_space(j);
		} while (eat(j, ','));
		if (!eat(j, ']'))
			return false;
	}
	skip_space(j);
	return j->at == j->end;
}

enum jet_json_words jet_words_json(struct jet_word_list *list, struct jet_str s)
{
	struct json j = { .list = list, .at = s.data, .end = s.data + s.len };
	const size_t before = list->n;
	bool good;

	if (!s.len || s.data[0] != '[')
		return JET_JSON_NONE;
	good = array(&j);
	jet_buf_clear(&j.text);
	if (j.nomem)
		return JET_JSON_NOMEM;
	if (good && !j.other)
		return JET_JSON_STRINGS;
	list->n = before;
	return good ? JET_JSON_OTHER : JET_JSON_NONE;
}
