/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <criterion/criterion.h>
#include <string.h>

/* What was written, which has to be @want. */
static void expect(struct jet_json *w, const char *want, const char *row)
{
	cr_assert_eq(jet_json_end(w), 0, "%s", row);
	cr_assert_eq(jet_buf_terminate(w->out), 0);
	cr_expect_str_eq(w->out->data, want, "%s gives %s", row, w->out->data);
	jet_buf_clear(w->out);
}

Test(json, commas_stand_between_values_and_nowhere_else)
{
	struct jet_buf buf = { 0 };
	struct jet_json w = { .out = &buf };

	jet_json_open(&w, '{');
	jet_json_key(&w, "a");
	jet_json_open(&w, '[');
	jet_json_close(&w, ']');
	jet_json_key(&w, "b");
	jet_json_open(&w, '[');
	jet_json_uint(&w, 1);
	jet_json_open(&w, '{');
	jet_json_close(&w, '}');
	jet_json_open(&w, '{');
	jet_json_key(&w, "c");
	jet_json_bool(&w, true);
	jet_json_key(&w, "d");
	jet_json_bool(&w, false);
	jet_json_close(&w, '}');
	jet_json_text(&w, "x");
	jet_json_close(&w, ']');
	jet_json_key(&w, "e");
	jet_json_hex(&w, "\x00\x9F", 2);
	jet_json_close(&w, '}');
	expect(&w, "{\"a\":[],\"b\":[1,{},{\"c\":true,\"d\":false},\"x\"],\"e\":\"009f\"}", "nested");
}

Test(json, strings_are_escaped_where_json_wants_it)
{
	static const struct {
		const char *data;
		size_t len;
		const char *text;
	} rows[] = {
		{ "", 0, "\"\"" },
		{ "plain /<>&'", 11, "\"plain /<>&'\"" },
		{ "\"\\", 2, "\"\\\"\\\\\"" },
		{ "\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"" },
		{ "\0\x01\x0B\x1F", 4, "\"\\u0000\\u0001\\u000b\\u001f\"" },
		{ "\x7F", 1, "\"\\u007f\"" },
		{ "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"" },
		{ "\xEF\xBF\xBD", 3, "\"\xEF\xBF\xBD\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };
		struct jet_json w = { .out = &buf };

		jet_json_string(&w, rows[i].data, rows[i].len);
		expect(&w, rows[i].text, rows[i].text);
	}
}

#define BAD "\xEF\xBF\xBD"

Test(json, every_invalid_byte_is_replaced_on_its_own)
{
	static const struct {
		const char *data, *text;
	} rows[] = {
		{ "a\xFF\xFEz", "\"a" BAD BAD "z\"" },
		{ "\x80", "\"" BAD "\"" },
		{ "\xC0\xAF", "\"" BAD BAD "\"" },              /* overlong */
		{ "\xED\xA0\x80", "\"" BAD BAD BAD "\"" },      /* surrogate */
		{ "\xF4\x90\x80\x80", "\"" BAD BAD BAD BAD "\"" }, /* above 10FFFF */
		{ "\xE2\x82", "\"" BAD BAD "\"" },              /* cut short */
		{ "\xE2\x82\n", "\"" BAD BAD "\\n\"" },
		{ "\xC3\"", "\"" BAD "\\\"\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };
		struct jet_json w = { .out = &buf };

		jet_json_text(&w, rows[i].data);
		expect(&w, rows[i].text, rows[i].text);
	}
}

Test(json, base64_is_padded_as_rfc_4648_has_it)
{
	static const char *const rows[][2] = {
		{ "", "\"\"" },         { "f", "\"Zg==\"" },     { "fo", "\"Zm8=\"" },
		{ "foo", "\"Zm9v\"" },  { "foob", "\"Zm9vYg==\"" }, { "fooba", "\"Zm9vYmE=\"" },
		{ "foobar", "\"Zm9vYmFy\"" }, { "\xFB\xEF\xFF", "\"++//\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };
		struct jet_json w = { .out = &buf };

		jet_json_base64(&w, rows[i][0], strlen(rows[i][0]));
		expect(&w, rows[i][1], rows[i][1]);
	}
}

Test(json, bytes_that_are_no_utf8_change_the_key)
{
	struct jet_buf buf = { 0 };
	struct jet_json w = { .out = &buf };

	jet_json_open(&w, '{');
	jet_json_bytes(&w, "path", "\xC3\xA9", 2);
	jet_json_bytes(&w, "path", "a\xFF", 2);
	jet_json_close(&w, '}');
	expect(&w, "{\"path\":\"\xC3\xA9\",\"path_b64\":\"Yf8=\"}", "bytes");
}

Test(json, numbers_have_all_their_digits)
{
	static const struct {
		uint64_t value;
		const char *text;
	} rows[] = {
		{ 0, "0" }, { 9, "9" }, { 10, "10" }, { UINT64_MAX, "18446744073709551615" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct jet_buf buf = { 0 };
		struct jet_json w = { .out = &buf };

		jet_json_uint(&w, rows[i].value);
		expect(&w, rows[i].text, rows[i].text);
	}
}

Test(json, after_a_failure_nothing_more_is_written)
{
	struct jet_buf buf = { 0 };
	struct jet_json w = { .out = &buf };

	jet_json_open(&w, '[');
	/* As if an append had found no memory. */
	w.failed = true;
	jet_json_text(&w, "x");
	jet_json_uint(&w, 1);
	jet_json_close(&w, ']');
	cr_expect_eq(jet_json_end(&w), -1);
	cr_expect_eq(buf.len, 1);
	jet_buf_clear(&buf);
}
