/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <string.h>

#include "base/str.h"

static const char hex_digits[] = "0123456789abcdef";

static void put(struct jet_json *w, const char *data, size_t len)
{
	if (!w->failed && jet_buf_append(w->out, data, len) < 0)
		w->failed = true;
}

/* Every value begins here. */
static void begin_value(struct jet_json *w)
{
	if (w->comma)
		put(w, ",", 1);
	w->comma = true;
}

void jet_json_open(struct jet_json *w, char bracket)
{
	begin_value(w);
	put(w, &bracket, 1);
	w->comma = false;
}

void jet_json_close(struct jet_json *w, char bracket)
{
	put(w, &bracket, 1);
	w->comma = true;
}

static void put_key(struct jet_json *w, const char *key, const char *suffix)
{
	begin_value(w);
	put(w, "\"", 1);
	put(w, key, strlen(key));
	put(w, suffix, strlen(suffix));
	put(w, "\":", 2);
	w->comma = false;
}

void jet_json_key(struct jet_json *w, const char *key)
{
	put_key(w, key, "");
}

/* The letter after the backslash for characters that have a short escape. */
static char short_escape(unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return '\0';
	}
}

static void put_escaped(struct jet_json *w, unsigned char c)
{
	char text[6] = "\\u00";

	text[1] = short_escape(c);
	if (text[1]) {
		put(w, text, 2);
		return;
	}
	text[1] = 'u';
	text[4] = hex_digits[c >> 4];
	text[5] = hex_digits[c & 15];
	put(w, text, 6);
}

/* Bytes from @data that can be copied as they are. */
static size_t plain_run(const char *data, size_t len)
{
	size_t i = 0;

	while (i < len) {
		unsigned char c = (unsigned char)data[i];
		uint32_t rune;
		size_t n = 1;

		if (c < 0x20 || c == 0x7F || c == '"' || c == '\\')
			break;
		if (c >= 0x80) {
			n = jet_rune_decode(data + i, len - i, &rune);
			if (n == 1)
				break;
		}
		i += n;
	}
	return i;
}

void jet_json_string(struct jet_json *w, const char *data, size_t len)
{
	begin_value(w);
	put(w, "\"", 1);
	while (len) {
		size_t n = plain_run(data, len);

		put(w, data, n);
		data += n;
		len -= n;
		if (!len)
			break;
		if ((unsigned char)*data < 0x80)
			put_escaped(w, (unsigned char)*data);
		else
			put(w, "\xEF\xBF\xBD", 3);
		data++;
		len--;
	}
	put(w, "\"", 1);
}

void jet_json_text(struct jet_json *w, const char *text)
{
	jet_json_string(w, text, strlen(text));
}

void jet_json_base64(struct jet_json *w, const void *data, size_t len)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = data;

	begin_value(w);
	put(w, "\"", 1);
	while (len) {
		size_t n = len < 3 ? len : 3;
		uint32_t bits = (uint32_t)p[0] << 16;
		char quad[4] = { '=', '=', '=', '=' };

		if (n > 1)
			bits |= (uint32_t)p[1] << 8;
		if (n > 2)
			bits |= p[2];
		for (size_t i = 0; i <= n; i++)
			quad[i] = letters[bits >> (18 - 6 * i) & 63];
		put(w, quad, 4);
		p += n;
		len -= n;
	}
	put(w, "\"", 1);
}

void jet_json_hex(struct jet_json *w, const void *data, size_t len)
{
	const unsigned char *p = data;

	begin_value(w);
	put(w, "\"", 1);
	for (size_t i = 0; i < len; i++) {
		char pair[2] = { hex_digits[p[i] >> 4], hex_digits[p[i] & 15] };

		put(w, pair, 2);
	}
	put(w, "\"", 1);
}

void jet_json_uint(struct jet_json *w, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	begin_value(w);
	put(w, digits + at, sizeof(digits) - at);
}

void jet_json_bool(struct jet_json *w, bool value)
{
	begin_value(w);
	if (value)
		put(w, "true", 4);
	else
		put(w, "false", 5);
}

void jet_json_bytes(struct jet_json *w, const char *key, const char *data, size_t len)
{
	bool valid = jet_utf8_valid(data, len);

	put_key(w, key, valid ? "" : "_b64");
	if (valid)
		jet_json_string(w, data, len);
	else
		jet_json_base64(w, data, len);
}

int jet_json_end(const struct jet_json *w)
{
	return w->failed ? -1 : 0;
}
