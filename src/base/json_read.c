/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_read.h"

#include "base/str.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

static int fault(struct jet_json_text *t, const char *text)
{
	t->fault = text;
	return 0;
}

static int peek(const struct jet_json_text *t)
{
	return t->at < t->len ? (unsigned char)t->data[t->at] : -1;
}

static void skip_blanks(struct jet_json_text *t)
{
	while (t->at < t->len && strchr(" \t\r\n", t->data[t->at]) && t->data[t->at])
		t->at++;
}

/* ---- strings ------------------------------------------------------------ */

static int hex4(struct jet_json_text *t, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++, t->at++) {
		const int c = peek(t);
		const int digit = c >= '0' && c <= '9'   ? c - '0'
		                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
		                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
		                                         : -1;

		if (digit < 0)
			return fault(t, "four hexadecimal digits are missing");
		*unit = *unit << 4 | (uint32_t)digit;
	}
	return 1;
}

/* Behind "\u". */
static int get_unicode(struct jet_json_text *t, struct jet_buf *out)
{
	uint32_t rune, low;
	char text[4];

	if (!hex4(t, &rune))
		return 0;
	if (rune >= 0xDC00 && rune <= 0xDFFF)
		return fault(t, "half of a surrogate pair");
	if (rune >= 0xD800 && rune <= 0xDBFF) {
		if (t->len - t->at < 2 || t->data[t->at] != '\\' || t->data[t->at + 1] != 'u')
			return fault(t, "half of a surrogate pair");
		t->at += 2;
		if (!hex4(t, &low))
			return 0;
		if (low < 0xDC00 || low > 0xDFFF)
			return fault(t, "half of a surrogate pair");
		rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
	}
	return jet_buf_append(out, text, jet_rune_encode(rune, text)) < 0 ? -1 : 1;
}

static int get_escape(struct jet_json_text *t, struct jet_buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const int c = peek(t);
	const char *found = c > 0 ? strchr(from, c) : NULL;

	if (c == 'u') {
		t->at++;
		return get_unicode(t, out);
	}
	if (!found)
		return fault(t, "no such escape in a string");
	t->at++;
	return jet_buf_byte(out, to[found - from]) < 0 ? -1 : 1;
}

/* Bytes that stand for themselves, from t->at on. */
static size_t plain_len(const struct jet_json_text *t)
{
	size_t n = 0;

	while (t->at + n < t->len && (unsigned char)t->data[t->at + n] >= ' ' &&
	       t->data[t->at + n] != '"' && t->data[t->at + n] != '\\')
		n++;
	return n;
}

static int get_string(struct jet_json_text *t, struct jet_buf *out)
{
	int rc = 1;

	out->len = 0;
	t->at++;
	while (rc == 1) {
		const size_t n = plain_len(t);

		if (!jet_utf8_valid(t->data + t->at, n))
			return fault(t, "a string that is not UTF-8");
		if (jet_buf_append(out, t->data + t->at, n) < 0)
			return -1;
		t->at += n;
		if (peek(t) == '"') {
			t->at++;
			return 1;
		}
		if (peek(t) != '\\')
			return fault(t, peek(t) < 0 ? "a string without end"
			                            : "a control character in a string");
		t->at++;
		rc = get_escape(t, out);
	}
	return rc;
}

/* ---- other values ------------------------------------------------------- */

static size_t digits(struct jet_json_text *t)
{
	const size_t begun = t->at;

	while (peek(t) >= '0' && peek(t) <= '9')
		t->at++;
	return t->at - begun;
}

static int get_number(struct jet_json_text *t)
{
	const size_t start = t->at + (peek(t) == '-' ? 1 : 0);
	size_t n;

	t->at = start;
	n = digits(t);
	if (!n || (n > 1 && t->data[start] == '0'))
		return fault(t, "no JSON number");
	if (peek(t) == '.') {
		t->at++;
		if (!digits(t))
			return fault(t, "no JSON number");
	}
	if (peek(t) == 'e' || peek(t) == 'E') {
		t->at++;
		if (peek(t) == '+' || peek(t) == '-')
			t->at++;
		if (!digits(t))
			return fault(t, "no JSON number");
	}
	return 1;
}

static bool take_word(struct jet_json_text *t, const char *word)
{
	const size_t n = strlen(word);

	if (t->len - t->at < n || memcmp(t->data + t->at, word, n) != 0)
		return false;
	t->at += n;
	return true;
}

static int get_scalar(struct jet_json_text *t, enum jet_json_kind *kind, struct jet_buf *value)
{
	const size_t start = t->at;

	value->len = 0;
	if (peek(t) == '"') {
		*kind = JET_JSON_STRING;
		return get_string(t, value);
	}
	if (take_word(t, "null")) {
		*kind = JET_JSON_NULL;
		return 1;
	}
	if (take_word(t, "true") || take_word(t, "false")) {
		*kind = JET_JSON_BOOL;
	} else if (peek(t) == '-' || (peek(t) >= '0' && peek(t) <= '9')) {
		*kind = JET_JSON_NUMBER;
		if (!get_number(t))
			return 0;
	} else {
		return fault(t, "a value is missing");
	}
	return jet_buf_append(value, t->data + start, t->at - start) < 0 ? -1 : 1;
}

/* A key and its colon. */
static int get_key(struct jet_json_text *t, struct jet_buf *key)
{
	int rc;

	if (peek(t) != '"')
		return fault(t, "a member's name is missing");
	rc = get_string(t, key);
	if (rc != 1)
		return rc;
	skip_blanks(t);
	if (peek(t) != ':')
		return fault(t, "a colon is missing");
	t->at++;
	skip_blanks(t);
	return 1;
}

/* Arrays and objects in one another, without recursion: what is open is a stack of
 * brackets. */
static int skip_nested(struct jet_json_text *t, struct jet_buf *scratch)
{
	enum jet_json_kind kind;
	char closing[DEPTH_MAX];
	size_t depth = 0;
	bool first = true;

	do {
		int rc = 1;

		skip_blanks(t);
		if (depth && peek(t) == closing[depth - 1]) {
			t->at++;
			depth--;
			first = false;
			continue;
		}
		if (depth && !first) {
			if (peek(t) != ',')
				return fault(t, "a comma is missing");
			t->at++;
			skip_blanks(t);
		}
		if (depth && closing[depth - 1] == '}')
			rc = get_key(t, scratch);
		if (rc == 1 && (peek(t) == '{' || peek(t) == '[')) {
			if (depth == DEPTH_MAX)
				return fault(t, "nested too deeply");
			closing[depth++] = peek(t) == '{' ? '}' : ']';
			t->at++;
			first = true;
			continue;
		}
		if (rc == 1)
			rc = get_scalar(t, &kind, scratch);
		if (rc != 1)
			return rc;
		first = false;
	} while (depth);
	return 1;
}

int jet_json_value(struct jet_json_text *t, enum jet_json_kind *kind, struct jet_buf *value)
{
	int rc;

	if (peek(t) != '{' && peek(t) != '[')
		return get_scalar(t, kind, value);
	*kind = JET_JSON_NESTED;
	rc = skip_nested(t, value);
	value->len = 0;
	return rc;
}

/* ---- the object --------------------------------------------------------- */

int jet_json_begin(struct jet_json_text *t)
{
	skip_blanks(t);
	if (peek(t) != '{')
		return fault(t, "an object is missing");
	t->at++;
	return 1;
}

int jet_json_member(struct jet_json_text *t, struct jet_buf *key)
{
	skip_blanks(t);
	if (peek(t) == '}') {
		t->at++;
		skip_blanks(t);
		return t->at < t->len ? fault(t, "more than one object in a line") : 0;
	}
	if (t->any) {
		if (peek(t) != ',')
			return fault(t, "a comma is missing");
		t->at++;
		skip_blanks(t);
	}
	t->any = true;
	return get_key(t, key);
}
